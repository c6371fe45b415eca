"""Words with their part of speech, for telling a noun phrase from a predicate inside one clause."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache

from ingest.facts.lexicon import WORD_TAGS

Tagged = tuple[str, str]
Tagger = Callable[[str], list[Tagged]]


def _rjieba_tagger() -> Tagger:
    import rjieba

    engine = rjieba.Jieba()
    for word, kind in WORD_TAGS.items():
        engine.add_word(word, None, kind)

    def cut(text: str) -> list[Tagged]:
        pairs: list[Tagged] = engine.tag(text, False)
        return pairs

    return cut


def _jieba_tagger() -> Tagger:
    import jieba
    import jieba.posseg

    from kb.words import private_cache

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(private_cache())
    engine = jieba.posseg.POSTokenizer(tokenizer)
    for word, kind in WORD_TAGS.items():
        tokenizer.add_word(word, None, kind)
        engine.word_tag_tab[word] = kind

    def cut(text: str) -> list[Tagged]:
        return [(pair.word, pair.flag) for pair in engine.lcut(text, HMM=False)]

    return cut


@lru_cache(maxsize=2)
def tagger(engine: str = "auto") -> Tagger:
    """The part-of-speech tagger; both engines have jieba's dictionary.

    :param engine: ``jieba``, ``rjieba``, or ``auto``: rjieba where it is installed.
    """
    if engine == "jieba":
        return _jieba_tagger()
    try:
        return _rjieba_tagger()
    except ImportError:
        if engine == "rjieba":
            raise
        return _jieba_tagger()


def tag(text: str) -> list[Tagged]:
    """``text`` cut into (word, tag); joined, the words give ``text`` again."""
    return [(word, _retag(word, kind)) for word, kind in tagger()(text)]


def _retag(word: str, kind: str) -> str:
    """Our own tag where the dictionary has the word as something else; its vn is as good as our v."""
    ours = WORD_TAGS.get(word)
    return kind if ours is None or (ours == "v" and kind == "vn") else ours
