"""A sentence of the Chinese catalogue as it is read aloud: only Hanzi and pauses are left of it.

Numbers, units, dates, times, comparators and telephone numbers become words. Pure, and the same sentence is
said the same everywhere. What has no reading is dropped here; a test asks that nothing of the catalogue is.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from kiosk.telephone_number import THIN
from kiosk.voice.numerals import mandarin, mandarin_digits

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_NUMBER = r"(\d+(?:\.\d+)?)"
_COUNTED = "次个公分人项周天张台位秒米厘步问点页小"
"""What two of are 两 and not 二."""
_WORDS = {
    "毫摩尔/升": "毫摩尔每升",
    "mmol/L": "毫摩尔每升",
    "mg/dL": "毫克每分升",
    "mmHg": "毫米汞柱",
    "kg": "公斤",
    "cm": "厘米",
    "HDL-C": "好胆固醇",
    "LDL-C": "坏胆固醇",
    "BMI": "体质指数",
    "≤": "不大于",
    "≥": "不小于",
    "<": "小于",
    ">": "大于",
    "＜": "小于",
    "＞": "大于",
}
_PAUSES = str.maketrans(dict.fromkeys("（）()·\n…—/~", "，") | dict.fromkeys("“”‘’《》*", ""))
_SPOKEN = re.compile(r"[^\u3400-\u9fff\U00020000-\U0003ffff，。！？、；：]")


def spelled(text: str) -> str:
    """``text`` as it is read aloud, without digits, Latin letters and signs."""
    return _SPOKEN.sub("", worded(text))


def unspoken(text: str) -> str:
    """What of ``text`` has no reading and would be left out, empty where all of it is said."""
    return "".join(_SPOKEN.findall(worded(text)))


def worded(text: str) -> str:
    """``text`` with everything put into words that can be; the rest still stands in it."""
    for sign, word in _WORDS.items():
        text = text.replace(sign, word)
    for pattern, reading in _RULES:
        text = pattern.sub(reading, text)
    text = re.sub(r"\s+", "", text.translate(_PAUSES))
    return re.sub(r"，*([，。！？、；：])，*", r"\1", text).strip("，")


def _date(found: re.Match[str]) -> str:
    return _day(*found.groups())


def _day(year: str, month: str, day: str) -> str:
    """The year first, as people say it, wherever it stands on the screen."""
    return f"{mandarin_digits(year)}年{mandarin(Decimal(month))}月{mandarin(Decimal(day))}日"


def _dialled(found: re.Match[str]) -> str:
    return mandarin_digits(re.sub(r"\D", "", found[0]), one="幺")


def _clock(found: re.Match[str]) -> str:
    hour, minute = found.groups()
    said = f"{'两' if hour == '2' else mandarin(Decimal(hour))}点"
    if minute == "00":
        return f"{said}整"
    return said + ("零" if minute[0] == "0" else "") + mandarin(Decimal(minute)) + "分"


def _pressure(found: re.Match[str]) -> str:
    high, low = found.groups()
    return f"，高压{_amount(high)}，低压{_amount(low)}"


def _amount(number: str) -> str:
    whole = number.partition(".")[0]
    if len(whole) > 1 and whole.startswith("0"):
        return mandarin_digits(number.replace(".", ""))
    return mandarin(Decimal(number))


_RULES: tuple[Rule, ...] = (
    (re.compile(rf"(?:{THIN}\d)+"), _dialled),
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})"), _date),
    (
        re.compile(r"(\d{1,2}) ?月 ?(\d{1,2}) ?日\s*(\d{4}) ?年"),
        lambda found: _day(found[3], found[1], found[2]),
    ),
    (re.compile(r"(\d{4}) ?年"), lambda found: mandarin_digits(found[1]) + "年"),
    (
        re.compile(r"打 ?(\+?\d[\d \-]*\d)"),
        lambda found: "打" + _dialled(found),
    ),
    (re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)"), _clock),
    (re.compile(r"(?<![\d.])(\d{2,3})/(\d{2,3})(?![\d.])"), _pressure),
    (re.compile(_NUMBER + r" ?[%％]"), lambda found: f"百分之{_amount(found[1])}"),
    (re.compile(_NUMBER + r" ?次/分"), lambda found: f"每分钟{_amount(found[1])}次"),
    (re.compile(r"%|％"), lambda _: "百分比"),
    (re.compile(r"次/分"), lambda _: "次每分钟"),
    (re.compile(r"(?<=\d) ?[–~-] ?(?=\d)"), lambda _: "到"),
    (re.compile(rf"(?<!第)(?<!第 )(?<![\d.])2 ?(?=[{_COUNTED}])"), lambda _: "两"),
    (re.compile(_NUMBER), lambda found: _amount(found[1])),
)
