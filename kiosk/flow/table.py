"""The flow of a visit as a pure table: step x happening -> step, and how long each step waits.

Two rules for what may live here. No condition: what depends on a value is decided by the attendant, who
says which happening it was. No drawing and no clock: the limits are numbers, somebody else counts.
A happening that a step does not list does not move it; ``next_step`` then returns the step itself.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from kiosk.flow.steps import Happening, Step

FORM_IDLE = 60
"""Seconds on a form before "do you need more time?" (ten times the usual answer, interface rules 2.3)."""
RESULT_IDLE = 120
"""Seconds on a result before the same question: 20/40 eyes read slowly."""
STAFF_IDLE = 600
"""Seconds for which staff who prick a finger touch nothing before it is asked: nobody hurries them."""
LEFT = 15
"""Seconds after she stepped off the scale and touched nothing, on a screen about her weight, before the same
question: with ``WARNING`` the 45 after which the visit of somebody who left ends (interface rules 2.3)."""
WARNING = 30
"""Seconds the question stands before the visit ends by itself."""
GOODBYE_SECONDS = 6
"""Seconds the goodbye stands before the screen is nobody's."""


class Row(msgspec.Struct, frozen=True):
    """What a step does: where each happening leads, and the idle limit in seconds (None: no limit).

    ``left``: the shorter limit once she stepped off the scale, None where that is no sign of leaving.
    """

    leads: Mapping[Happening, Step]
    idle: int | None = FORM_IDLE
    left: int | None = None


def _row(idle: int | None = FORM_IDLE, left: int | None = None, **leads: Step) -> Row:
    return Row(MappingProxyType({Happening(name): step for name, step in leads.items()}), idle, left)


TABLE: Mapping[Step, Row] = MappingProxyType(
    {
        Step.IDLE: _row(
            None, start=Step.WELCOME, stepped_on=Step.WELCOME, card=Step.CONFIRM, badge=Step.ANSWERED
        ),
        Step.WELCOME: _row(
            start=Step.IDENTIFY,
            stepped_on=Step.IDENTIFY,
            card=Step.CONFIRM,
            back=Step.IDLE,
            gone=Step.IDLE,
        ),
        Step.IDENTIFY: _row(
            card=Step.CONFIRM, by_phone=Step.PHONE, as_guest=Step.CONSENT, back=Step.WELCOME, gone=Step.IDLE
        ),
        Step.PHONE: _row(card=Step.CONFIRM, done=Step.CONSENT, back=Step.IDENTIFY, gone=Step.IDLE),
        Step.CONFIRM: _row(
            card=Step.CONFIRM,
            yes=Step.CONSENT,
            no=Step.IDENTIFY,
            back=Step.IDENTIFY,
            gone=Step.IDLE,
            stand_open=Step.STAND,
            sit_open=Step.QUESTION,
            grip_open=Step.GRIP,
            urgent=Step.URGENT,
        ),
        Step.CONSENT: _row(
            agreed=Step.SAFETY,
            refused=Step.GOODBYE,
            stand_open=Step.STAND,
            sit_open=Step.QUESTION,
            gone=Step.GOODBYE,
        ),
        Step.SAFETY: _row(next=Step.BLOOD, gone=Step.GOODBYE),
        Step.BLOOD: _row(
            None,
            badge=Step.SAMPLE,
            staff_away=Step.STAND,
            skip=Step.STAND,
            no_instrument=Step.NOT_TODAY,
            gone=Step.GOODBYE,
        ),
        Step.SAMPLE: _row(
            STAFF_IDLE,
            sampled=Step.BLOOD_RUNNING,
            sampled_late=Step.BLOOD_WAIT,
            skip=Step.STAND,
            all_done=Step.RESULT,
            gone=Step.GOODBYE,
        ),
        Step.BLOOD_RUNNING: _row(next=Step.STAND, urgent=Step.URGENT, gone=Step.GOODBYE),
        Step.STAND: _row(
            None,
            measured=Step.STAND_DONE,
            doubted=Step.WEIGHT_ASK,
            unmeasured=Step.TALL,
            skip=Step.QUESTION,
            no_instrument=Step.NOT_TODAY,
            urgent=Step.URGENT,
            gone=Step.GOODBYE,
        ),
        Step.TALL: _row(done=Step.STAND, skip=Step.QUESTION, urgent=Step.URGENT, gone=Step.GOODBYE),
        Step.WEIGHT_ASK: _row(
            left=LEFT,
            measured=Step.STAND_DONE,
            again=Step.STAND,
            skip=Step.QUESTION,
            not_me=Step.IDENTIFY,
            urgent=Step.URGENT,
            gone=Step.GOODBYE,
        ),
        Step.STAND_DONE: _row(next=Step.QUESTION, urgent=Step.URGENT, gone=Step.GOODBYE),
        Step.REMEMBERED: _row(
            yes=Step.QUESTION, no=Step.QUESTION, not_me=Step.IDENTIFY, urgent=Step.URGENT, gone=Step.GOODBYE
        ),
        Step.QUESTION: _row(
            recalled=Step.REMEMBERED,
            next=Step.QUESTION,
            back=Step.QUESTION,
            all_done=Step.REST,
            reach=Step.TELEPHONE,
            urgent=Step.URGENT,
            gone=Step.GOODBYE,
        ),
        Step.TELEPHONE: _row(
            done=Step.TELEPHONE_CHECK, skip=Step.REST, urgent=Step.URGENT, gone=Step.GOODBYE
        ),
        Step.TELEPHONE_CHECK: _row(
            yes=Step.REST, no=Step.TELEPHONE, skip=Step.REST, urgent=Step.URGENT, gone=Step.GOODBYE
        ),
        Step.REST: _row(
            None,
            next=Step.PRESSURE,
            skip=Step.GRIP,
            no_instrument=Step.NOT_TODAY,
            urgent=Step.URGENT,
            gone=Step.GOODBYE,
        ),
        Step.PRESSURE: _row(
            None,
            another=Step.GAP,
            measured=Step.GRIP,
            urgent=Step.URGENT,
            skip=Step.GRIP,
            no_instrument=Step.NOT_TODAY,
            gone=Step.GOODBYE,
        ),
        Step.GAP: _row(None, next=Step.PRESSURE, skip=Step.GRIP, urgent=Step.URGENT, gone=Step.GOODBYE),
        Step.GRIP: _row(
            None,
            all_done=Step.RESULT,
            blood_open=Step.BLOOD_AGAIN,
            blood_pending=Step.BLOOD_WAIT,
            no_instrument=Step.NOT_TODAY,
            urgent=Step.URGENT,
            gone=Step.GOODBYE,
        ),
        Step.BLOOD_AGAIN: _row(
            None,
            badge=Step.SAMPLE,
            staff_away=Step.RESULT,
            skip=Step.RESULT,
            urgent=Step.URGENT,
            gone=Step.GOODBYE,
        ),
        Step.BLOOD_WAIT: _row(
            None, measured=Step.RESULT, next=Step.RESULT, urgent=Step.URGENT, gone=Step.GOODBYE
        ),
        Step.NOT_TODAY: _row(
            after_blood=Step.STAND,
            after_stand=Step.QUESTION,
            after_sit=Step.GRIP,
            all_done=Step.RESULT,
            blood_open=Step.BLOOD_AGAIN,
            blood_pending=Step.BLOOD_WAIT,
            urgent=Step.URGENT,
            gone=Step.GOODBYE,
        ),
        Step.URGENT: _row(None, badge=Step.ANSWERED, next=Step.RESULT, gone=Step.GOODBYE),
        Step.ANSWERED: _row(None, done=Step.RESULT, gone=Step.IDLE),
        Step.RESULT: _row(
            RESULT_IDLE,
            next=Step.TAKE,
            teach=Step.TEACH,
            earlier=Step.TRENDS,
            not_me=Step.IDENTIFY,
            urgent=Step.URGENT,
            badge=Step.ANSWERED,
            gone=Step.GOODBYE,
        ),
        Step.TRENDS: _row(
            RESULT_IDLE, back=Step.RESULT, not_me=Step.IDENTIFY, urgent=Step.URGENT, gone=Step.GOODBYE
        ),
        Step.TEACH: _row(RESULT_IDLE, next=Step.TAKE, skip=Step.TAKE, urgent=Step.URGENT, gone=Step.GOODBYE),
        Step.TAKE: _row(RESULT_IDLE, paper=Step.PAPER, nothing=Step.GOODBYE, gone=Step.GOODBYE),
        Step.PAPER: _row(RESULT_IDLE, done=Step.GOODBYE, gone=Step.GOODBYE),
        Step.GOODBYE: _row(None, done=Step.IDLE),
    }
)


def next_step(step: Step, happening: Happening) -> Step:
    """Where ``happening`` leads from ``step``; ``step`` itself where the table lists nothing."""
    return TABLE[step].leads.get(happening, step)


def draw() -> str:
    """The table as a Mermaid state diagram, for the docs."""
    lines = ["stateDiagram-v2", f"    [*] --> {Step.IDLE}"]
    for step, row in TABLE.items():
        lines += [f"    {step} --> {to}: {happening}" for happening, to in row.leads.items()]
    return "\n".join(lines) + "\n"
