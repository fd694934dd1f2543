"""Bodies of sample views of calibration, checks and quality control. Every number is an example."""

from datetime import date, timedelta

from kiosk.backroom.chart_views import ChartDot, ChartNote, ChartView, Dot, RunValue, RunView
from kiosk.backroom.steps import Press
from kiosk.backroom.views import (
    Action,
    ChooseView,
    DoneView,
    EntryView,
    Option,
    PointView,
    PrepareView,
    Ruler,
    State,
    TouchView,
)
from kiosk.staff.sample_bodies import SampleOverviews

_Z = (0.3, -0.6, 0.9, 0.1, -1.1, 0.5, 1.3, -0.2, 2.2, 0.8, -0.4, -1.5, 0.2, 1.0, -0.3, 3.3, 0.4, -0.7, 0.6,
      -1.2, 0.9, 0.1, 0.5)  # fmt: skip


class SampleWork(SampleOverviews):
    """What a technician does."""

    def prepare(self, *, none: bool = False, height: bool = False) -> PrepareView:
        """Three references."""
        say = self.say
        kind = "height" if height else "weight"
        picture = "calibration_rod" if height else "calibration_weight"
        if none:
            return PrepareView(picture, say(f"prepare.{kind}"), "", (), say("prepare.none"))
        unit = say("unit.cm" if height else "unit.kg")
        values = ("100.0", "180.0", "150.0") if height else ("20.00", "120.00", "60.00")
        options = tuple(
            Option(str(n), f"{value} {unit}", say("reference.valid", mark=f"F2-031{n}", day=self.day(3, 31)))
            for n, value in enumerate(values)
        )
        return PrepareView(picture, say(f"prepare.{kind}"), say("prepare.sentence"), options)

    def point(self, *, waiting: bool = False, height: bool = False) -> PointView:
        """The first mass stands on the scale."""
        say = self.say
        unit, value = (say("unit.cm"), "150.0") if height else (say("unit.kg"), "20.0")
        ruler = Ruler(
            low="149.5" if height else "19.9",
            middle=value,
            high="150.5" if height else "20.1",
            place=None if waiting else 0.44,
            words="" if waiting else say("point.off", error="\N{MINUS SIGN}0.02"),
            good=True,
            allowed=say("point.allowed", limit="0.5" if height else "0.1", unit=unit),
        )
        put = say("point.put_height" if height else "point.put_weight", value=value)
        return PointView(
            step=say("point.step", number="2", total="5"),
            title=put,
            picture="calibration_rod" if height else "calibration_weight",
            plate=value.removesuffix(".0"),
            label=say("point.now"),
            value="" if waiting else "149.9" if height else "19.98",
            unit=unit,
            instead=say("point.wait_value"),
            ruler=ruler,
            taken=() if waiting else ("19.9", "20.0"),
            repeats=3,
            can_take=not waiting,
            footnote=say("reference.valid", mark="F2-0317", day=self.day(3, 31)),
        )

    def why(self) -> ChooseView:
        """Why the gain differs."""
        say = self.say
        options = tuple(Option(one, say(f"why.{one}")) for one in ("part", "moved", "long", "service"))
        return ChooseView(say("why.title"), say("why.sentence"), options, "part", say("why.save"))

    def calibrated(self, *, refused: bool = False) -> DoneView:
        """Saved, or refused at the third point."""
        say = self.say
        columns = tuple(say(f"column.{one}") for one in ("reference", "shown", "corrected", "off"))
        lines = (("20.0 kg", "19.9", "20.0", "0.0"), ("120.0 kg", "119.4", "120.0", "0.0"),
                 ("60.0 kg", "59.7", "60.0", "+0.4" if refused else "0.0"))  # fmt: skip
        again = Action(Press.CALIBRATE, "again", say("calibrated.again"), "body_weight")
        if refused:
            sentence = say("calibrated.refused_more", reason=say("refused.third_point"))
            return DoneView(State.STOP, say("calibrated.refused"), sentence, columns, lines,
                            say("basis.weight"), again)  # fmt: skip
        line = say("calibrated.line", gain="1.00402", offset="0.012", unit=say("unit.kg"))
        return DoneView(State.GOOD, say("calibrated.saved"),
                        say("calibrated.saved_more", day=self.day(11, 23)), columns, lines, line)  # fmt: skip

    def checked(self, *, failed: bool = False) -> DoneView:
        """A mass that was shown well, or was not."""
        say = self.say
        columns = tuple(say(f"column.{one}") for one in ("reference", "shown", "off", "limit"))
        lines = (("20.0 kg", "20.4" if failed else "20.0", "+0.4" if failed else "0.0", "0.1"),)
        if failed:
            again = Action(Press.CALIBRATE, "weight", say("checked.calibrate"), "body_weight")
            return DoneView(State.STOP, say("checked.failed"), say("checked.failed_more"), columns, lines,
                            say("basis.weight"), again)  # fmt: skip
        again = Action(Press.CHECK, "again", say("checked.again"), "body_weight")
        return DoneView(State.GOOD, say("checked.passed"), say("checked.passed_more", day=self.day(11, 30)),
                        columns, lines, say("basis.weight"), again)  # fmt: skip

    def control(self) -> ChooseView:
        """Two lots to choose from."""
        say = self.say
        options = tuple(
            Option(number, say("control.lot", number=number),
                   say("control.lot_more", day=self.day(3, 31), levels="2"))
            for number in ("2406", "2409")
        )  # fmt: skip
        return ChooseView(say("control.title"), say("control.sentence"), options, "2406", say("control.go"))

    def mended(self) -> ChooseView:
        """What was done since the last run failed."""
        say = self.say
        names = ("strips", "material", "cleaned", "calibrated", "service")
        options = tuple(Option(one, say(f"mended.{one}")) for one in names)
        return ChooseView(say("mended.title"), say("mended.sentence"), options, None, say("control.go"))

    def run(self) -> RunView:
        """Two of four values have come."""
        say = self.say
        rows = (("total_cholesterol", "4.86", "5.34", "5.16"), ("hdl", "1.21", "1.45", "1.33"),
                ("triglycerides", "1.18", "1.50", None), ("ldl", "2.95", "3.39", None),
                ("glucose", "5.10", "5.70", None))  # fmt: skip
        values = tuple(
            RunValue(say(f"quantity.{name}"), say("run.target", low=low, high=high, unit="mmol/L"), value,
                     None if value is None else Dot.GOOD)
            for name, low, high, value in rows
        )  # fmt: skip
        return RunView(
            say("run.title_level", level="1"), say("run.sentence"), "QC-1", values, say("run.part", count="3")
        )

    def chart(self, *, out: bool = False) -> ChartView:
        """Twenty-three runs, one of them a rejection, and something mended after it."""
        say, first = self.say, date(2026, 10, 31)
        runs = _Z[:16] if out else _Z
        dots = tuple(
            ChartDot(first + timedelta(days=n), z,
                     Dot.REJECTED if abs(z) >= 3 else Dot.WARNED if abs(z) >= 2 else Dot.GOOD, n == 16)
            for n, z in enumerate(runs)
        )  # fmt: skip
        notes = (
            ChartNote(Dot.WARNED, self.day(11, 8), say("rule.1_2s")),
            ChartNote(Dot.REJECTED, self.day(11, 15), say("rule.1_3s")),
        )
        verdict = "rejected" if out else "good"
        return ChartView(
            levels=(("1", say("chart.level", level="1", mean="5.10")),
                    ("2", say("chart.level", level="2", mean="7.40"))),
            level="1",
            dots=dots,
            first_day=self.day(10, 31),
            last_day=say("chart.today"),
            mended_words="" if out else say("chart.mended"),
            summary=say("chart.summary", lot="2406", sd="0.12", count=str(len(runs))),
            dot=Dot.REJECTED if out else Dot.GOOD,
            verdict=say(f"chart.{verdict}"),
            sentence=say("chart.good_more", value="5.50" if out else "5.16",
                         side=say("chart.above"), z="3.3" if out else "0.5"),
            notes=notes,
        )  # fmt: skip

    def lot(self, *, letters: bool) -> EntryView:
        """The number of a new lot, or the mean of one level."""
        say = self.say
        if letters:
            return EntryView(say("point.step", number="1", total="10"), say("lot.number"),
                             say("lot.number_more"), "L2406A", letters=True, complete=True)  # fmt: skip
        title = say("lot.mean", quantity=say("quantity.total_cholesterol"), level="1")
        step = say("point.step", number="3", total="10")
        return EntryView(
            step, title, say("lot.value_more", unit="mmol/L"), "5.1", letters=False, complete=True
        )

    def touch(self) -> TouchView:
        """The seventh target."""
        return TouchView(7, 20, 190.0, 240.0)

    def touched(self, *, poor: bool = False) -> TouchView:
        """What twenty touches showed."""
        say = self.say
        word = self.pill(State.LOOK, "touched.poor") if poor else self.pill(State.GOOD, "touched.good")
        return TouchView(
            20,
            20,
            0.0,
            0.0,
            mean=say("touched.mm", value="4.2" if poor else "1.4"),
            largest=say("touched.mm", value="7.9" if poor else "3.1"),
            lean=say("touched.right", value=say("touched.mm", value="3.8")) if poor else say("touched.none"),
            verdict=word,
            sentence=say("touched.poor_more" if poor else "touched.good_more", slop="3.5"),
        )
