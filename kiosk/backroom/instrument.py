"""One instrument whole: what it is, how sure we are of it, when it spoke last, what can be done with it."""

from devices.model import Model
from devices.reading import Quantity
from devices.wire import Way
from kiosk.backroom.modules import Module, icon_of, module_called, name_of, pill_of, why_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press
from kiosk.backroom.views import Action, DetailView, Fact
from kiosk.upkeep.rules import CONTROLLED
from kiosk.upkeep.staff import Act

_ENDING = 18
"""Letters of a port's name that a line holds; its beginning is the same for all."""


def detail_of(shift: Shift, instrument: str) -> DetailView:
    """The screen of ``instrument``."""
    module = module_called(shift, instrument)
    model = shift.premises.tools.model_of(instrument)
    if module is None or model is None:
        return DetailView("info", instrument, "", None, (), ())
    return DetailView(
        icon_of(shift, instrument),
        name_of(shift, instrument),
        shift.say(f"grade.{model.grade}"),
        pill_of(shift, module),
        _facts(shift, module, model),
        _actions(shift, module, model),
        notice=shift.notice,
    )


def tested(shift: Shift, instrument: str) -> str:
    """What the self-test found: the port, and whether what comes is understood."""
    module = module_called(shift, instrument)
    if module is None or not module.there:
        return shift.say("instrument.gone")
    heard = [piece for piece in shift.premises.tools.seen(instrument) if piece.way is Way.HEARD]
    if not heard:
        return shift.say("instrument.quiet")
    if not any(piece.whole for piece in heard[-3:]):
        return shift.say("instrument.garbled")
    return shift.say("instrument.tested", seconds=_ago(shift, heard[-1].at))


def _facts(shift: Shift, module: Module, model: Model) -> tuple[Fact, ...]:
    say, tools = shift.say, shift.premises.tools
    port = tools.port_of(module.instrument.id)
    heard = [piece for piece in tools.seen(module.instrument.id) if piece.way is Way.HEARD]
    last = say("instrument.ago", seconds=_ago(shift, heard[-1].at)) if heard else say("instrument.never")
    facts = [
        Fact(say("instrument.model"), module.instrument.name or model.name),
        Fact(say("instrument.port"), port if len(port) <= _ENDING else "…" + port[-_ENDING:]),
        Fact(say("instrument.last"), last),
        Fact(say("instrument.state"), why_of(shift, module)),
    ]
    if module.instrument.serial:
        facts.append(Fact(say("instrument.serial"), module.instrument.serial))
    if module.instrument.simulated:
        facts.append(Fact(say("instrument.kind"), say("instrument.simulated")))
    return tuple(facts)


def _actions(shift: Shift, module: Module, model: Model) -> tuple[Action, ...]:
    may, say, id_ = shift.may, shift.say, module.instrument.id
    found: list[Action] = []
    for quantity, name, sign in (
        (Quantity.BODY_WEIGHT, "weight", "weight"),
        (Quantity.BODY_HEIGHT, "height", "up"),
    ):
        if shift.premises.plate(id_, quantity) is None:
            continue
        if may(Act.CALIBRATE):
            found.append(Action(Press.CALIBRATE, sign, say(f"instrument.calibrate_{name}"), quantity))
        if may(Act.CHECK):
            found.append(Action(Press.CHECK, "tick", say(f"instrument.check_{name}"), quantity))
    if model.role in CONTROLLED and may(Act.CONTROL):
        found.append(Action(Press.CONTROL, "drop", say("instrument.control")))
        found.append(Action(Press.CHART, "chart", say("instrument.chart")))
    if may(Act.TEST):
        found.append(Action(Press.SELF_TEST, "heart", say("instrument.self_test")))
        found.append(Action(Press.FRAMES, "wave", say("instrument.frames")))
    return tuple(found)


def _ago(shift: Shift, at: float) -> str:
    return str(max(0, round(shift.clock.monotonic() - at)))
