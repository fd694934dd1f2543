"""Sample views of every step of the staff area: for pictures in the docs, for review and for tests.

Pure: no widget. Nobody works there and nothing was measured, so every view wears the demonstration's mark.
"""

import msgspec

from health.words import words_of
from kiosk.backroom.frame import left_of, right_of
from kiosk.backroom.steps import StaffStep
from kiosk.backroom.views import StaffBody, StaffView
from kiosk.staff.sample_lists import SampleBodies


class StaffSample(msgspec.Struct, frozen=True):
    """A picture's name and what it shows."""

    name: str
    view: StaffView


class _Of(msgspec.Struct, frozen=True):
    step: StaffStep
    body: StaffBody
    heading: str
    name: str = ""
    notice: str | None = None


def staff_samples(language: str) -> tuple[StaffSample, ...]:
    """Every step of the staff area in ``language``, in the order of the table."""
    words = words_of(language)
    b = SampleBodies(words)
    return tuple(
        StaffSample(
            f"staff_{each.name or each.step.value}",
            StaffView(
                step=each.step,
                body=each.body,
                language=language,
                heading=each.heading,
                leaves_in=words.text("backroom.leaves_in", left="2:41"),
                right=right_of(each.step, words),
                left=left_of(each.step, each.body, words),
                help_called=False,
                demo=True,
                notice=each.notice,
            ),
        )
        for each in (*_overviews(b), *_work(b), *_people(b), *_station(b))
    )


def _overviews(b: SampleBodies) -> tuple[_Of, ...]:
    s, door = StaffStep, b.say("heading.door")
    tool = b.say("heading.instruments")
    return (
        _Of(s.NUMBER, b.number(), door),
        _Of(s.PIN, b.pin(), door),
        _Of(s.PIN, b.pin(wrong=True), door, "pin_wrong"),
        _Of(s.PIN, b.pin(closed=True), door, "pin_shut"),
        _Of(s.HOME, b.home(), b.say("heading.staff", name="王莉")),
        _Of(s.MORE, b.more(), b.say("heading.staff", name="王莉")),
        _Of(s.INSTRUMENTS, b.instruments(), tool),
        _Of(s.INSTRUMENT, b.instrument(), tool),
        _Of(s.INSTRUMENT, b.instrument(notice=True), tool, "instrument_tested"),
        _Of(s.FRAMES, b.frames(), b.say("heading.frames")),
        _Of(s.FRAMES, b.frames(empty=True), b.say("heading.frames"), "frames_empty"),
    )


def _work(b: SampleBodies) -> tuple[_Of, ...]:
    s = StaffStep
    weight = b.say("heading.calibrate", what=b.say("quantity.body_weight"))
    height = b.say("heading.calibrate", what=b.say("quantity.body_height"))
    check = b.say("heading.check", what=b.say("quantity.body_weight"))
    blood = b.say("heading.control", what=b.say("role.blood"))
    chart = b.say("heading.chart", what=b.say("quantity.total_cholesterol"))
    return (
        _Of(s.PREPARE, b.prepare(), weight),
        _Of(s.PREPARE, b.prepare(height=True), height, "prepare_height"),
        _Of(s.PREPARE, b.prepare(none=True), weight, "prepare_none"),
        _Of(s.POINT, b.point(), weight),
        _Of(s.POINT, b.point(waiting=True), weight, "point_waiting"),
        _Of(s.POINT, b.point(height=True), height, "point_height"),
        _Of(s.WHY, b.why(), weight),
        _Of(s.CALIBRATED, b.calibrated(), weight),
        _Of(s.CALIBRATED, b.calibrated(refused=True), weight, "calibrated_refused"),
        _Of(s.CHECK, b.point(), check),
        _Of(s.CHECKED, b.checked(), check),
        _Of(s.CHECKED, b.checked(failed=True), check, "checked_failed"),
        _Of(s.CONTROL, b.control(), blood),
        _Of(s.MENDED, b.mended(), blood),
        _Of(s.RUN, b.run(), blood),
        _Of(s.CHART, b.chart(), chart),
        _Of(s.CHART, b.chart(out=True), chart, "chart_out"),
        _Of(s.LOTS, b.lots(), b.say("heading.lots")),
        _Of(s.LOT, b.lot(letters=True), b.say("heading.lots")),
        _Of(s.SUPPLY, b.supply(), b.say("heading.lots")),
        _Of(s.LOT, b.lot(letters=False), b.say("heading.lots"), "lot_mean"),
    )


def _people(b: SampleBodies) -> tuple[_Of, ...]:
    s, today, lost = StaffStep, b.say("heading.visits"), b.say("heading.strays")
    return (
        _Of(s.DELIVERY, b.delivery(), b.say("heading.delivery")),
        _Of(s.DELIVERY, b.delivery(empty=True), b.say("heading.delivery"), "delivery_empty"),
        _Of(s.VISITS, b.visits(), today),
        _Of(s.VISITS, b.visits(), today, "visits_void", b.say("void.done")),
        _Of(s.VISITS, b.visits(empty=True), today, "visits_empty"),
        _Of(s.VISIT, b.visit(), today),
        _Of(s.VISIT, b.visit(notice=True), today, "visit_reprint"),
        _Of(s.VOID, b.void(), today),
        _Of(s.MOVE, b.move(), today),
        _Of(s.STRAYS, b.strays(), lost),
        _Of(s.STRAY, b.stray(), lost),
        _Of(s.DISCARD, b.discard(), lost),
    )


def _station(b: SampleBodies) -> tuple[_Of, ...]:
    s, people = StaffStep, b.say("heading.accounts")
    return (
        _Of(s.TOUCH, b.touch(), b.say("heading.touch")),
        _Of(s.TOUCHED, b.touched(), b.say("heading.touch")),
        _Of(s.TOUCHED, b.touched(poor=True), b.say("heading.touch"), "touched_poor"),
        _Of(s.SOUND, b.sound(), b.say("heading.sound")),
        _Of(s.SOUND, b.sound(light=False), b.say("heading.sound"), "sound_only"),
        _Of(s.STATION, b.station(), b.say("heading.station")),
        _Of(s.ACCOUNTS, b.accounts(), people),
        _Of(s.ACCOUNT, b.account(), people),
        _Of(s.NEW_CARD, b.new_card(), people),
        _Of(s.NEW_PIN, b.new_pin(), people),
    )
