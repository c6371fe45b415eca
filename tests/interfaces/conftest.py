from collections.abc import Iterator
from pathlib import Path

import pytest

from interfaces.workspace import Workspace

CORPUS = Path(__file__).parent.parent.parent / "corpus"


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the sample corpus; tests that change something make one of their own."""
    folder = tmp_path_factory.mktemp("sample") / "kb"
    with Workspace(folder) as workspace:
        report = workspace.ingest([CORPUS], workers=0)
    assert report.failed == []
    return folder


@pytest.fixture
def sample(sample_folder: Path) -> Iterator[Workspace]:
    with Workspace(sample_folder) as workspace:
        yield workspace
