"""The same sheet as HTML, for the peer: the same texts, roads, trends, code and tables, in as plain a layout.

It is generous to the peer: no fitting, no page anatomy, no alternative texts. Nothing here is shipped.
"""

from collections.abc import Iterator
from html import escape

from health.quantity import MEASURES, printed_value
from printouts import fonts
from printouts.content import MODELS, Report, for_resident, name_of, person
from printouts.doctor_rows import doctor_rows
from printouts.doctor_trends import charts_of
from printouts.foot import again, code, whom
from printouts.paint_svg import svg
from printouts.phone import payload, phone_url
from printouts.road import FOOT_MM, TOP_MM, road
from printouts.row_block import change_words
from printouts.rows import rows
from printouts.score_rows import inputs_of, outcome
from printouts.trend import HEIGHT, WIDTH, trend

_STYLE = """@page { size: A4; margin: 11mm 16mm } body { font: 16pt "Noto Sans SC"; margin: 0 }
h1 { font-size: 34pt } td, th { text-align: left; padding: 0 2mm }
.doctor { page-break-before: always; font-size: 8.5pt }
"""


def html_of(report: Report) -> str:
    """The document."""
    faces = "".join(
        f'@font-face {{ font-family: "Noto Sans SC"; font-weight: {weight}; src: url("{path.as_uri()}") }}\n'
        for weight, path in (
            (400, fonts.FOLDER / f"{fonts.REGULAR}.ttf"),
            (700, fonts.FOLDER / f"{fonts.BOLD}.ttf"),
        )
    )
    body = "".join([*_first(report), '<section class="doctor">', *_second(report), "</section>"])
    title = escape(report.words.text("sheet.title"))
    head = f'<meta charset="utf-8"><title>{title}</title><style>{faces}{_STYLE}</style>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{body}</body></html>'


def _first(report: Report) -> Iterator[str]:
    words = report.words
    yield f"<p>{escape(person(report, report.visit.resident.name))}</p>"
    yield f"<h1>{escape(words.say(report.assessment.message))}</h1><table>"
    for row in rows(report.visit, report.assessment, report.history):
        unit = words.text(MEASURES[row.quantity].unit_key)
        cells = [name_of(words, row.quantity), for_resident(words, row.observation), unit]
        cells += [words.text(row.finding.word) if row.finding else "", change_words(report, row)]
        drawn = ""
        if row.ruler is not None:
            zones = () if row.finding is None else row.finding.zones
            value, sign = printed_value(row.observation), row.observation.comparator
            shapes = road(row.ruler, zones, value, sign, row.before)
            drawn = svg(shapes, -3, -TOP_MM, 82, TOP_MM + FOOT_MM, cells[0])
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + f"<td>{drawn}</td></tr>"
    yield "</table>"
    for hint in report.assessment.hints:
        yield f"<p>{escape(words.say(hint.phrase))}</p>"
    for label, main, rest in (again(report), whom(report)):
        yield f"<p>{escape(label)} <b>{escape(main)}</b> {escape(' '.join(rest))}</p>"
    url = phone_url(report.station, payload(report.visit, report.assessment, report.station))
    if url is not None:
        yield _drawn(code(url))


def _drawn(matrix: tuple[tuple[int, ...], ...]) -> str:
    """The code as one path, which is the least work for whoever draws it."""
    side = len(matrix)
    path = "".join(
        f"M{across} {down}h1v1h-1z"
        for down, line in enumerate(matrix)
        for across, dark in enumerate(line)
        if dark
    )
    box = f'viewBox="0 0 {side} {side}" width="40mm" height="40mm" role="img" aria-label="code"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path d="{path}"/></svg>'


def _second(report: Report) -> Iterator[str]:
    words = report.words
    yield f"<h2>{escape(words.text('sheet.doctor.title'))}</h2><table>"
    for row in doctor_rows(report):
        word = "" if row.finding is None else words.text(row.finding.word)
        cells = (
            row.name,
            row.value,
            row.unit,
            row.reference,
            word,
            row.last,
            row.change,
            row.letter,
            row.note,
        )
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>"
    for chart in charts_of(report):
        yield svg(trend(chart.series, chart.window, stems=chart.stems), 0, 0, WIDTH, HEIGHT, chart.name)
    for question, answer in report.visit.answers:
        said = words.text(f"sheet.answer.{answer.value}")
        yield f"<p>{escape(words.text(f'question.{question.value}.short'))} {escape(said)}</p>"
    for model in MODELS:
        yield f"<p>{escape(inputs_of(report, model))} {escape(outcome(report, model))}</p>"
    for instrument in report.visit.instruments:
        yield f"<p>{escape(f'{instrument.spoken} {instrument.serial} {instrument.calibration}')}</p>"
    for finding in report.assessment.findings:
        yield f"<p>{escape(f'{finding.rule} {finding.edition}')}</p>"
