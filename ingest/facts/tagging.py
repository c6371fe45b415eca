"""Words with their part of speech, for telling a noun phrase from a predicate inside one clause."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache

from ingest.facts import lexicon

Tagged = tuple[str, str]


def _rjieba_tagger() -> Callable[[str], list[Tagged]]:
    import rjieba

    engine = rjieba.Jieba()
    for word, tag in lexicon.WORD_TAGS.items():
        engine.add_word(word, None, tag)

    def tag(text: str) -> list[Tagged]:
        pairs: list[Tagged] = engine.tag(text, False)
        return pairs

    return tag


def _jieba_tagger() -> Callable[[str], list[Tagged]]:
    import jieba
    import jieba.posseg

    from kb.words import private_cache

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(private_cache())
    engine = jieba.posseg.POSTokenizer(tokenizer)
    for word, tag in lexicon.WORD_TAGS.items():
        tokenizer.add_word(word, None, tag)
        engine.word_tag_tab[word] = tag

    def tag(text: str) -> list[Tagged]:
        return [(pair.word, pair.flag) for pair in engine.lcut(text, HMM=False)]

    return tag


@lru_cache(maxsize=1)
def tagger() -> Callable[[str], list[Tagged]]:
    """The part-of-speech tagger: rjieba where it is installed, else jieba; same dictionary, same tags."""
    try:
        return _rjieba_tagger()
    except ImportError:
        return _jieba_tagger()


def tag(text: str) -> list[Tagged]:
    """``text`` cut into (word, tag); joined, the words give ``text`` again."""
    return [(word, _retag(word, kind)) for word, kind in tagger()(text)]


def _retag(word: str, kind: str) -> str:
    """Our own tag where the dictionary has the word as something else; its vn is as good as our v."""
    ours = lexicon.WORD_TAGS.get(word)
    return kind if ours is None or (ours == "v" and kind == "vn") else ours
