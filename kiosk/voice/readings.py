"""How Hanzi are read where the engine reads them otherwise: as pinyin in the text that it is given.

``espeak-ng -v cmn-latn-pinyin`` knows one reading of most Hanzi and does not change 一 and 不 before others.
Here stand the words of the catalogue that have another reading, and the two Hanzi whose tone hangs on the
next one. Pure. It must not change what is said, only how; the table is held against another dictionary by a
test.
"""

import re

WORDS = {
    "会儿": "hui4 er5",
    "中风": "zhong4 feng1",
    "地址": "di4 zhi3",
    "得过": "de2 guo4",
    "测量": "ce4 liang2",
    "着急": "zhao2 ji2",
    "肚子": "du4 zi5",
    "重庆": "chong2 qing4",
    "量不了": "liang2 bu4 liao3",
    "长者": "zhang3 zhe3",
}
"""Words whose reading the engine misses. Tones 1 to 4, 5 for none."""
_YI_FALLS = "百千天些张台直点起年周根滴边般只人分秒杯条间家生口盒瓶"
"""After 一 as a word, these of tones one to three make it yi4."""
_YI_RISES = "个次下步样件切项定会束万亿岁半块"
"""And these of tone four make it yi2."""
_BU_RISES = "是要到住在会对过错动用看问够快大太断做算去上适利认必论但限怕"
"""Of tone four: 不 before them is bu2."""
_COUNTING = "第十百千万零点〇一二三四五六七八九"
"""After these 一 is a figure, and keeps its tone."""

_WORD = re.compile("|".join(map(re.escape, WORDS)))
_YI = re.compile(rf"(?<![{_COUNTING}])一(?=[{_YI_FALLS}{_YI_RISES}])(?!点[零一二三四五六七八九])")
_BU = re.compile(rf"不(?=[{_BU_RISES}])")


def read(spelled: str) -> str:
    """The text for the engine: ``spelled`` Mandarin with pinyin where the engine needs it."""
    text = _YI.sub(lambda found: f" yi{'4' if found.string[found.end()] in _YI_FALLS else '2'} ", spelled)
    text = _BU.sub(" bu2 ", text)
    return _WORD.sub(lambda found: f" {WORDS[found[0]]} ", text)
