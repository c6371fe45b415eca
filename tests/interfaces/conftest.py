from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from interfaces.workspace import Workspace
from tests.interfaces.serving import chromium, served

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


@pytest.fixture(scope="module")
def workspace(sample_folder: Path) -> Iterator[Workspace]:
    """The library that :func:`address` shows; a module that shows another one has a fixture of this name."""
    with Workspace(sample_folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(workspace: Workspace) -> Iterator[str]:
    """Where the workbench over :func:`workspace` is served."""
    with served(workspace) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened
