"""What comes in through the page: moved into the knowledge base's folder, nothing from elsewhere touched."""

import hashlib
from pathlib import Path

import pytest

from interfaces.uploads import take_in
from kb.errors import UnreadableSource


@pytest.fixture
def server(tmp_path: Path) -> Path:
    folder = tmp_path / "server"
    folder.mkdir()
    return folder


def put(server: Path, name: str, text: str = "正文。") -> Path:
    path = server / name
    path.write_text(text, encoding="utf-8")
    return path


def test_folders_keep_their_shape(server: Path, tmp_path: Path) -> None:
    given = [(put(server, "1"), "教育/2024/甲.txt"), (put(server, "2"), "乙.md")]
    batch = take_in(tmp_path / "in", given, within=server)
    assert batch.names == ("教育/2024/甲.txt", "乙.md")
    assert (batch.folder / "教育/2024/甲.txt").read_text(encoding="utf-8") == "正文。"


@pytest.mark.parametrize("name", ["../../外面.txt", "/etc/外面.txt", "..\\..\\外面.txt", "C:\\外面.txt"])
def test_no_name_leads_out_of_the_folder(server: Path, tmp_path: Path, name: str) -> None:
    batch = take_in(tmp_path / "in", [(put(server, "1"), name)], within=server)
    (path,) = [p for p in tmp_path.rglob("外面.txt")]
    assert path.is_relative_to(batch.folder)


def test_a_file_that_was_not_uploaded_is_refused(server: Path, tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.txt")
    with pytest.raises(UnreadableSource):
        take_in(tmp_path / "in", [(secret, "甲.txt")], within=server)
    assert secret.exists()


def test_formats_that_nothing_reads_are_named_with_a_remedy(server: Path, tmp_path: Path) -> None:
    batch = take_in(
        tmp_path / "in", [(put(server, "1"), "表.exe"), (put(server, "2"), ".DS_Store")], within=server
    )
    ((name, reason),) = batch.refused
    assert name == "表.exe" and "另存为" in reason
    assert batch.names == ()


def test_the_same_bytes_are_not_read_twice(server: Path, tmp_path: Path) -> None:
    known = {hashlib.sha256("正文。".encode()).hexdigest(): "旧/甲.txt"}
    batch = take_in(tmp_path / "in", [(put(server, "1"), "甲.txt")], within=server, known=known)
    assert batch.names == ()
    assert "旧/甲.txt" in batch.known[0][1]


def test_a_new_version_takes_the_place_of_the_one_uploaded_before(server: Path, tmp_path: Path) -> None:
    first = take_in(tmp_path / "in", [(put(server, "1"), "甲.txt")], within=server)
    second = take_in(tmp_path / "in", [(put(server, "2", "新版。"), "甲.txt")], within=server)
    assert first.folder != second.folder
    assert [p.read_text(encoding="utf-8") for p in (tmp_path / "in").rglob("甲.txt")] == ["新版。"]
