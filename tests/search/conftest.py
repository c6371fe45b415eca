from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.library import Library
from tests.search.small_library import build


@pytest.fixture(scope="session")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A few short texts, read by the real pipeline and indexed with the shipped model."""
    library = Library(build(tmp_path_factory.mktemp("small")))
    yield library
    library.close()
