"""What was hers on a screen is not seen by whoever comes next, nor kept when she is gone."""

from collections.abc import Callable

from msgspec.structs import replace

from kiosk.flow.steps import Step
from kiosk.screens.face import Face
from kiosk.screens.overlays import COVERED, SHADED
from kiosk.screens.samples import samples
from kiosk.views import Overlay, TelephoneCheckView
from kiosk.widgets.words import drawn_em
from tests.kiosk.screens.paneled import Paneled

Settle = Callable[[], None]
NUMBER = "139 8888 0000"


def test_her_number_is_not_among_the_widths_that_are_kept(paneled: Paneled, settle: Settle) -> None:
    views = {each.name: each.view for each in samples("zh_CN", screen=paneled.screen)}
    hers = replace(views["telephone_check"], body=TelephoneCheckView(NUMBER))
    for view in (hers, views["idle"]):
        paneled.face.show(view)
        settle()
    missed = drawn_em.cache_info().misses
    drawn_em(NUMBER)
    assert drawn_em.cache_info().misses == missed + 1


def test_whoever_lays_another_card_reads_no_value_of_hers(module_face: Face, settle: Settle) -> None:
    views = {each.name: each.view for each in samples("zh_CN")}
    for name, dark in (("result", COVERED), ("stand", COVERED), ("question", SHADED)):
        module_face.show(replace(views[name], overlay=Overlay.OTHER_CARD, other="陈*强"))
        settle()
        panel = next(each for each in module_face.children if hasattr(each, "dark"))
        assert panel.dark == dark, name
    assert module_face.step is Step.QUESTION
