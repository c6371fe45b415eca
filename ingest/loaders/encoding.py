"""From bytes to text: byte order mark, strict UTF-8, then the likeliest Chinese encoding."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from charset_normalizer import from_bytes

from kb.errors import UnreadableSource

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What calls itself gb2312 or gbk holds characters (镕, 喆, 堃) that only gb18030 can decode.
_WIDENED = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz": "gb18030", "big5": "big5hkscs"}
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# The commonest characters of official Chinese, simplified and traditional: a text that was decoded
# rightly has many of them, one that was decoded wrongly next to none.
_COMMON = frozenset(
    "的一是在不了有和人中大为为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性应开合前关市县区省教育政府"
    "國個為會來時們對發動學說產種經進過電裡實現兩體機當點從業應開關縣區與這還無後將長間問題義務總書記"
)
_JUNK = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_SAMPLE = 1 << 16


def decode(data: bytes, name: str, hint: str = "") -> tuple[str, str]:
    """The text of ``data`` and the encoding it was in; a byte order mark is left out, nothing else.

    :param hint: an encoding that the file declares for itself; tried before guessing.
    :raises kb.errors.UnreadableSource: when the bytes are no text in any encoding that is known.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return _checked(text, name), encoding
    try:
        return _checked(data.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= max(1, len(text) // 2000) and _commonness(text) > 0.05:
        return _checked(text, name), "utf-8"
    for encoding in _ranked(data[:_SAMPLE], hint):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= max(2, len(text) // 500):
            return _checked(text, name), encoding
    raise UnreadableSource("认不出文字编码，内容不像文本", source=name, remedy="请用记事本另存为 UTF-8 编码")


def _ranked(sample: bytes, hint: str) -> list[str]:
    """Encodings to try, the likeliest first."""
    guesses = [_widened(hint)] if hint else []
    best = from_bytes(sample).best()
    if best is not None:
        guesses.append(_widened(best.encoding))
    guesses += [each for each in _CANDIDATES if each not in guesses]
    scores = {}
    for encoding in dict.fromkeys(guesses):
        try:
            scores[encoding] = _commonness(sample.decode(encoding, "replace"))
        except LookupError:  # a page may declare an encoding that doesn't exist
            continue
    order = list(scores)
    if max(scores.values(), default=0.0) < 0.02:  # no Chinese in it: the guess decides
        return order
    return sorted(order, key=lambda encoding: (-round(scores[encoding], 2), order.index(encoding)))


def _widened(encoding: str) -> str:
    plain = encoding.strip().lower().replace("_", "-")
    return _WIDENED.get(plain, plain)


def _commonness(text: str) -> float:
    """The share of the commonest Chinese characters, less what could not be decoded."""
    if not text:
        return 0.0
    counts = Counter(text)
    good = sum(count for char, count in counts.items() if char in _COMMON)
    bad = sum(count for char, count in counts.items() if char == "\ufffd" or "\ue000" <= char <= "\uf8ff")
    return (good - 5 * bad) / len(text)


def _checked(text: str, name: str) -> str:
    """``text``, unless it is full of control characters."""
    if _JUNK.search(text) and len(_JUNK.findall(text)) * 50 > len(text):
        raise UnreadableSource("内容是二进制数据，不是文本", source=name, remedy="请确认文件类型与扩展名一致")
    if not text.strip("\ufeff \t\r\n\x0b\x0c\u3000"):
        raise UnreadableSource("文件里没有文字", source=name, remedy="请检查文件是否保存完整")
    return text
