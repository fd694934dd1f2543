"""The published Westgard exercises, run by run: every expected verdict, and no verdict nobody expects.

The published page marks the run a stretch begins with; here the mark is at the run that completes it.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from devices.control import Lot, Result, Run, Series, Target
from devices.control_chart import chart
from devices.control_rules import Broken, Rule, Verdict, judge
from devices.reading import Quantity

TC = Quantity.TOTAL_CHOLESTEROL
START = datetime(2026, 1, 1, 8, tzinfo=UTC)

# westgard.com, Break all the rules, part one (August 2015), its first 62 runs: one level, mean 47, SD 3.
# run, value, z as published, rules
ONE_LEVEL = """
 1  42.5  -1.5
 2  55.1   2.7  1_2s
 3  46.4  -0.2
 4  47.0   0
 5  43.1  -1.3
 6  56.9   3.3  1_2s 1_3s
 7  41.3  -1.9
 8  44.9  -0.7
 9  45.5  -0.5
10  41.3  -1.9
11  47.0   0
12  37.7  -3.1  1_2s 1_3s
13  41.6  -1.8
14  53.3   2.1  1_2s
15  55.4   2.8  1_2s 2_2s
16  44.6  -0.8
17  47.3   0.1
18  48.2   0.4
19  41.3  -1.9
20  42.8  -1.4
21  44.3  -0.9
22  47.6   0.2
23  44.3  -0.9
24  45.8  -0.4
25  47.6   0.2
26  39.8  -2.4  1_2s
27  39.8  -2.4  1_2s 2_2s
28  50.9   1.3
29  49.7   0.9
30  45.5  -0.5
31  45.2  -0.6
32  47.3   0.1
33  47.9   0.3
34  44.3  -0.9
35  40.1  -2.3  1_2s
36  48.2   0.4
37  40.7  -2.1  1_2s
38  41.9  -1.7
39  43.4  -1.2
40  43.7  -1.1  4_1s
41  49.7   0.9
42  42.2  -1.6
43  52.1   1.7
44  44.6  -0.8
45  45.2  -0.6
46  45.8  -0.4
47  41.6  -1.8
48  41.3  -1.9
49  44.9  -0.7
50  43.7  -1.1
51  45.2  -0.6  8_x
52  50.6   1.2
53  50.3   1.1
54  51.2   1.4
55  51.5   1.5  4_1s
56  44.3  -0.9
57  41.6  -1.8
58  53.9   2.3  1_2s
59  48.8   0.6
60  48.2   0.4
61  50.6   1.2
62  48.2   0.4
"""

# westgard.com, Break all the rules, part two (November 2015), its first 26 runs: C1 mean 47, SD 3;
# C2 mean 71, SD 8.
# run, C1, C2, rules; "both" is a rule the two levels break together
TWO_LEVELS = """
 1  51.5  82.2
 2  38.9  51    C1:1_2s C2:1_2s both:2_2s
 3  47.6  74.2
 4  46    91.8  C2:1_2s
 5  50.9  74.2
 6  53.9  69    C1:1_2s
 7  52.7  58.2
 8  49.1  95.5  C2:1_2s C2:1_3s
 9  48.5  65.4
10  37    90    C1:1_2s C1:1_3s C2:1_2s both:r_4s
11  47    63
12  54    82.2  C1:1_2s
13  53.3  65.4  C1:1_2s C1:2_2s
14  40    86.2  C1:1_2s both:r_4s
15  55.4  70.2  C1:1_2s
16  49.4  88.6  C2:1_2s
17  46.7  87.8  C2:1_2s C2:2_2s
18  45.8  85
19  52.7  76.6
20  51.1  65.4
21  54    86.2  C1:1_2s
22  53    71    C1:1_2s C1:2_2s C1:4_1s
23  49.7  81.4
24  48.2  90.2  C2:1_2s
25  46.4  80.6
26  54.2  54    C1:1_2s C2:1_2s both:r_4s
"""


def _lot(**levels: tuple[int, int]) -> Lot:
    targets = [Target(name, TC, "mg/dL", Decimal(mean), Decimal(sd)) for name, (mean, sd) in levels.items()]
    return Lot("X1", date(2027, 1, 1), tuple(targets))


def _series(lot: Lot, rows: list[dict[str, str]]) -> Series:
    runs = [
        Run(
            UUID(int=number),
            tuple(Result(name, TC, "mg/dL", Decimal(value)) for name, value in row.items()),
            "staff-3",
            START + number * timedelta(days=1),
        )
        for number, row in enumerate(rows, 1)
    ]
    return Series("meter-1", lot, tuple(runs))


def _lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


ONE = _lines(ONE_LEVEL)
TWO = _lines(TWO_LEVELS)
ONE_SERIES = _series(_lot(C1=(47, 3)), [{"C1": line[1]} for line in ONE])
TWO_SERIES = _series(_lot(C1=(47, 3), C2=(71, 8)), [{"C1": line[1], "C2": line[2]} for line in TWO])


def _together(said: str) -> Broken:
    level, rule = said.split(":")
    return Broken(Rule(rule), None if level == "both" else level)


def _verdict(rules: set[Rule]) -> Verdict:
    if not rules:
        return Verdict.ACCEPT
    return Verdict.WARN if rules == {Rule.W1_2S} else Verdict.REJECT


@pytest.mark.parametrize("number", range(1, 63))
def test_every_run_of_the_one_level_exercise_is_judged_as_published(number: int) -> None:
    line = ONE[number - 1]
    judged = judge(ONE_SERIES, TC)[number - 1]
    expected = {Rule(said) for said in line[3:]}
    assert int(line[0]) == number
    assert set(judged.broken) == {Broken(rule, "C1") for rule in expected}
    assert judged.verdict is _verdict(expected)


@pytest.mark.parametrize("number", range(1, 27))
def test_every_run_of_the_two_level_exercise_is_judged_as_published(number: int) -> None:
    line = TWO[number - 1]
    judged = judge(TWO_SERIES, TC)[number - 1]
    expected = {_together(said) for said in line[3:]}
    assert int(line[0]) == number
    assert set(judged.broken) == expected
    assert judged.verdict is _verdict({each.rule for each in expected})


def test_each_table_holds_every_published_violation_once() -> None:
    """Counted apart from the tables, from the published answers: a row lost in copying is noticed."""
    one = [rule for line in ONE for rule in line[3:] if rule != "1_2s"]
    two = [rule for line in TWO for rule in line[3:] if not rule.endswith("1_2s")]
    assert one == ["1_3s", "1_3s", "2_2s", "2_2s", "4_1s", "8_x", "4_1s"]
    assert [each.partition(":")[2] for each in two] == (
        ["2_2s", "1_3s", "1_3s", "r_4s", "2_2s", "r_4s", "2_2s", "2_2s", "4_1s", "r_4s"]
    )


def test_the_published_z_scores_are_ours() -> None:
    points = chart(ONE_SERIES, "C1", TC, last=62).points
    assert [point.z for point in points] == [Decimal(line[2]) for line in ONE]
