"""The one sentence splitter: it keeps quotations, 《titles》 and brackets whole, and loses no character."""

from __future__ import annotations

import re

# What may stand between two ends of sentences. The branches begin with different characters and the tail
# always matches (an end mark, a line break, or the end of the text), so the expression never backtracks.
_UNITS = r"""
      [^。!?！？｡…;；\n“"《(（〔【\[「『]+
    | “[^“”\n]*” (?: (?<![。!?！？…]”) | (?=[,，、;；:：。!?！？的地等和与及了]) )
    | "[^"\n]*" (?: (?<![。!?！？…]") | (?=[,，、;；:：。!?！？的地等和与及了]) )
    | 《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》
    | \([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)
    | （[^（）\n]*(?:（[^（）\n]*）[^（）\n]*)*）
    | 〔[^〔〕\n]*〕 | 【[^【】\n]*】 | \[[^\[\]\n]*\] | 「[^「」\n]*」 | 『[^『』\n]*』
    | “(?![^“”\n]*”) | "(?![^"\n]*") | 《(?![^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》)
    | \((?![^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)) | （(?![^（）\n]*(?:（[^（）\n]*）[^（）\n]*)*）)
    | 〔(?![^〔〕\n]*〕) | 【(?![^【】\n]*】) | \[(?![^\[\]\n]*\]) | 「(?![^「」\n]*」) | 『(?![^『』\n]*』)
    | …+(?=[,，、;；等)）》”"])
    | [!?！？](?=[A-Za-z0-9=&/])
"""
# （责任单位：…） after the full stop belongs to the sentence before it, where nothing else follows.
_ASIDE = r"(?:\([^()\n]*\)(?=\s*(?:\n|\Z))|（[^（）\n]*）(?=\s*(?:\n|\Z)))?"


def _pattern(extra_units: str, ends: str) -> re.Pattern[str]:
    closers = "[”’』」》)）】〕\\]]*"
    return re.compile(
        rf"""(?: {_UNITS} {extra_units} )*
        (?: “[^“”\n]*[。!?！？…]” \s* | "[^"\n]*[。!?！？…]" \s*
          | {ends}+ {closers} {_ASIDE} \s* | \n\s* | \Z )""",
        re.VERBOSE,
    )


_SENTENCE = _pattern("| [;；]", "[。!?！？｡…]")
_CLAUSE = _pattern("", "[。!?！？｡…;；]")


def sentences(
    text: str, start: int = 0, end: int | None = None, *, semicolons: bool = False
) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` into sentences.

    A sentence ends at ``。``, ``!``, ``?`` (either width), at ``…``, or at a line break, outside quotation
    marks, 《》 and brackets; closing marks and the white space after it stay with it. A quotation that is
    itself finished (“……。”) ends a sentence unless the clause goes on. An opening mark that is never closed
    on its line protects nothing.

    :param semicolons: also end at ``;``.
    :returns: spans ``(start, end)`` into ``text`` that follow each other without a gap and cover all of it.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    pattern = _CLAUSE if semicolons else _SENTENCE
    for match in pattern.finditer(text, start, stop):
        begin, finish = match.span()
        if finish > begin:
            spans.append((begin, finish))
    return spans
