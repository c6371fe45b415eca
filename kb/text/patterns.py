"""Regular expressions that are looked for in much text and seldom found."""

from __future__ import annotations

import re


def led_by(first: str, pattern: str) -> re.Pattern[str]:
    r"""A pattern that matches one character, where ``pattern`` begins: 3 to 5 times the pace of looking for that.

    The regular expression engine skips to the next character of a set in one tight loop, but only if the expression
    begins with that set. So the character is consumed first, and ``pattern`` is tried from behind it.

    :param first: the inside of a character class: all characters that ``pattern`` may begin with.

    >>> led_by(r"\d", r"\d+年").search("共5所，2025年").start()
    4
    """
    return re.compile(rf"[{first}](?<=(?={pattern})[\s\S])")
