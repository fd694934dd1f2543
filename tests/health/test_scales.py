"""Self-assessment: every total by hand, nothing guessed, nothing shown that may not be shown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health.assessment import Level
from health.fhir.codes import check_digit
from health.scales.scale import Scale, ScaleError, load_scales
from health.scales.scoring import Total, Unanswered, band_of, score, taken_elsewhere
from health.words import words_of

Said = dict[str, str | None]
SCALES = {scale.scale: scale for scale in load_scales()}
SHOWN = [scale for scale in SCALES.values() if scale.terms == "shown"]
ELSEWHERE = [scale for scale in SCALES.values() if scale.terms == "total_only"]


def _all(scale: Scale, answer: int) -> Said:
    """The answer at that place (0 first, -1 last) to every item."""
    return {item.item: scale.choices_of(item)[answer].answer for item in scale.items}


def _done(scale: Scale, answers: Said) -> Total:
    said = score(scale, answers)
    assert isinstance(said, Total)
    return said


# scale, highest total, each total just under and at its limits with its band and level
TABLE = [
    ("self_care", 37, [(0, "independent", 0), (3, "independent", 0), (4, "light", 1), (8, "light", 1)]),
    ("self_care", 37, [(9, "medium", 2), (18, "medium", 2), (19, "dependent", 2), (37, "dependent", 2)]),
    ("phq9", 27, [(0, "usual", 0), (9, "usual", 0), (10, "look_further", 2), (27, "look_further", 2)]),
    ("gad7", 21, [(9, "usual", 0), (10, "look_further", 2), (21, "look_further", 2)]),
    ("gds15", 15, [(4, "usual", 0), (5, "look_further", 2), (15, "look_further", 2)]),
    ("ad8", 8, [(1, "usual", 0), (2, "look_further", 2)]),
    ("mini_cog", 5, [(2, "look_further", 2), (3, "usual", 0)]),
    ("frail", 5, [(0, "robust", 0), (1, "before", 1), (2, "before", 1), (3, "frail", 2)]),
    ("sarc_f", 10, [(3, "usual", 0), (4, "look_further", 2)]),
]


@pytest.mark.parametrize(("name", "highest", "totals"), TABLE)
def test_a_total_has_the_band_the_table_prints(
    name: str, highest: int, totals: list[tuple[int, str, int]]
) -> None:
    scale = SCALES[name]
    assert scale.highest == highest
    said = [(n, band_of(scale, n).band, int(band_of(scale, n).level)) for n in (t[0] for t in totals)]
    assert said == totals


def test_every_scale_is_in_the_table() -> None:
    assert {name for name, _, _ in TABLE} == set(SCALES)


@pytest.mark.parametrize("scale", SHOWN, ids=lambda scale: scale.scale)
def test_the_best_answers_give_nothing_and_the_worst_the_highest_total(scale: Scale) -> None:
    best: Said = {i.item: min(scale.choices_of(i), key=lambda c: c.points).answer for i in scale.items}
    worst: Said = {i.item: max(scale.choices_of(i), key=lambda c: c.points).answer for i in scale.items}
    assert (_done(scale, best).points, _done(scale, worst).points) == (0, scale.highest)


def test_five_questions_of_the_mood_of_older_people_count_for_a_no() -> None:
    gds = SCALES["gds15"]
    counted = [n for n, item in enumerate(gds.items, 1) if gds.choices_of(item)[0].points == 0]
    assert counted == [1, 5, 7, 11, 13]
    assert _done(gds, {item.item: "yes" for item in gds.items}).points == 10
    assert _done(gds, {item.item: "no" for item in gds.items}).points == 5


def test_one_person_s_self_care_added_by_hand() -> None:
    answers = {
        "meal": "alone",
        "wash": "bath_help",
        "dress": "some_help",
        "toilet": "alone",
        "move": "some_help",
    }
    said = _done(SCALES["self_care"], dict(answers))
    assert (said.points, said.band) == (5, "light")


def test_the_lowest_answer_to_mood_and_worry_is_not_at_all() -> None:
    for name in ("phq9", "gad7"):
        assert SCALES[name].choices[0].points == 0
        assert words_of("en").text(f"scale.{name}.answer.never") == "not at all"


def test_a_thought_of_not_being_here_is_told_to_a_doctor_today_whatever_the_total() -> None:
    answers = _all(SCALES["phq9"], 0) | {"living": "some_days"}
    said = _done(SCALES["phq9"], answers)
    assert (said.points, said.band, said.level, said.alone) == (1, "usual", Level.DOCTOR, ("living",))
    assert words_of("zh_CN").say(said.phrase) == "两周里的心情：1 分，今天请和医生说一说。"


@pytest.mark.parametrize("scale", SHOWN, ids=lambda scale: scale.scale)
def test_an_item_not_known_leaves_no_total(scale: Scale) -> None:
    last = scale.items[-1].item
    assert score(scale, _all(scale, 0) | {last: None}) == Unanswered(scale.scale, (last,))
    assert score(scale, {}) == Unanswered(scale.scale, tuple(i.item for i in scale.items))


def test_what_is_no_answer_of_the_scale_is_refused_and_named() -> None:
    phq9 = SCALES["phq9"]
    with pytest.raises(ScaleError, match="sometimes"):
        score(phq9, _all(phq9, 0) | {"low": "sometimes"})
    with pytest.raises(ScaleError, match="appetites"):
        score(phq9, _all(phq9, 0) | {"appetites": "never"})


@pytest.mark.parametrize("scale", ELSEWHERE, ids=lambda scale: scale.scale)
def test_a_scale_that_may_not_be_shown_keeps_a_total_and_no_question(scale: Scale) -> None:
    assert scale.items == ()
    with pytest.raises(ScaleError, match="may not be asked"):
        score(scale, {})
    assert taken_elsewhere(scale, scale.highest).points == scale.highest
    for wrong in (-1, scale.highest + 1):
        with pytest.raises(ScaleError, match="look at the total"):
            taken_elsewhere(scale, wrong)


@given(st.data())
def test_any_worse_answer_never_lowers_the_total(data: st.DataObject) -> None:
    scale = data.draw(st.sampled_from(SHOWN))
    answers: Said = {i.item: data.draw(st.sampled_from(scale.choices_of(i))).answer for i in scale.items}
    before = _done(scale, answers)
    item = data.draw(st.sampled_from(scale.items))
    worst = max(scale.choices_of(item), key=lambda c: c.points).answer
    after = _done(scale, answers | {item.item: worst})
    assert 0 <= before.points <= after.points <= scale.highest


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_question_answer_and_total_has_its_words(language: str) -> None:
    words = words_of(language)
    needed = [f"scale.{scale.scale}" for scale in SCALES.values()]
    needed += [f"scale.band.{int(band.level)}" for scale in SCALES.values() for band in scale.bands]
    for scale in SHOWN:
        needed += [f"scale.{scale.scale}.answer.{c.answer}" for c in scale.choices]
        for item in scale.items:
            needed.append(f"scale.{scale.scale}.{item.item}")
            needed += [f"scale.{scale.scale}.{item.item}.{c.answer}" for c in item.choices]
            needed += [f"scale.{scale.scale}.alone"] if item.alone_from is not None else []
    assert [key for key in needed if not words.has(key)] == []


def test_every_scale_says_its_source_its_evidence_and_its_terms() -> None:
    for scale in SCALES.values():
        assert scale.source
        assert scale.evidence
        assert scale.licence
        assert scale.loinc is None or check_digit(scale.loinc)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("highest = 37", "highest = 36", "items give 37"),
        ("upto = 8", "upto = 3", "bands rise"),
        ('terms = "shown"', 'terms = "total_only"', "items stand"),
        ('terms = "shown"', 'terms = "shown"\ncolour = "red"', "colour"),
    ],
)
def test_a_file_that_is_no_scale_is_refused(tmp_path: Path, old: str, new: str, word: str) -> None:
    import health.scales.scale as module

    text = (module.FOLDER / "self_care.toml").read_text("utf-8")
    (tmp_path / "self_care.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ScaleError, match=word):
        load_scales(tmp_path)
