"""A segment: rows that were indexed together and never change, in memory or in a folder of mapped files."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexDamaged
from search.engines import columns
from search.engines.base import Entry
from search.engines.columns import Columns
from search.lexical import postings
from search.lexical.postings import Mask, Postings
from search.vectors import Vectors

_ARRAYS = ("hashes", "offsets", "rows", "tfs", "lengths")


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """``n`` rows with their keys, attributes, postings by field, and vectors.

    :ivar keys: shape ``(n,)``, int64, each at most once.
    """

    keys: NDArray[np.int64]
    columns: Columns
    fields: Mapping[str, Postings]
    vectors: Vectors | None

    def __len__(self) -> int:
        return int(self.keys.size)

    def postings(self, field: str) -> Postings:
        """The postings of a field; of one that no row has, empty ones."""
        return self.fields[field] if field in self.fields else postings.build([()] * len(self))


def build(entries: Sequence[Entry], dimensions: int) -> Segment:
    """A segment of entries with different keys; an entry without a vector gets the zero vector.

    :param dimensions: of the vectors; 0 for a segment without.
    :raises ValueError: a vector has another shape.
    """
    names = sorted({name for entry in entries for name in entry.fields})
    vectors = None
    if dimensions:
        halves = np.zeros((len(entries), dimensions), np.float16)
        for row, entry in enumerate(entries):
            if entry.vector is not None:
                if entry.vector.shape != (dimensions,):
                    raise ValueError(f"a vector of shape {entry.vector.shape} among {dimensions} dimensions")
                halves[row] = entry.vector
        vectors = Vectors(halves)
    return Segment(
        np.fromiter((entry.key for entry in entries), np.int64, len(entries)),
        columns.build([entry.attributes for entry in entries]),
        {name: postings.build([entry.fields.get(name, ()) for entry in entries]) for name in names},
        vectors,
    )


def merge(parts: Sequence[tuple[Segment, Mask | None]], *, exact_up_to: int) -> Segment:
    """The living rows of several segments as one segment."""
    names = sorted({name for segment, _ in parts for name in segment.fields})
    vectors = None
    if all(segment.vectors is not None for segment, _ in parts):
        halves = [
            segment.vectors.halves[_rows(alive)] for segment, alive in parts if segment.vectors is not None
        ]
        vectors = Vectors.build(np.concatenate(halves), exact_up_to=exact_up_to)
    return Segment(
        np.concatenate([segment.keys[_rows(alive)] for segment, alive in parts]),
        columns.merge([(segment.columns, alive) for segment, alive in parts]),
        {
            name: postings.merge([(segment.postings(name), alive) for segment, alive in parts])
            for name in names
        },
        vectors,
    )


def _rows(alive: Mask | None) -> Any:
    return slice(None) if alive is None else alive


# -- files ------------------------------------------------------------------------------------------------


def write(segment: Segment, folder: Path) -> dict[str, list[int]]:
    """Write the segment into a new folder; the size and the CRC-32 of each file, by name."""
    folder.mkdir(parents=True)
    arrays: dict[str, NDArray[Any]] = {"keys": segment.keys, "codes": segment.columns.codes}
    # Numbered, since a field's name may be no file name.
    for number, name in enumerate(segment.fields):
        for array in _ARRAYS:
            arrays[f"field{number}.{array}"] = getattr(segment.fields[name], array)
    if segment.vectors is not None:
        arrays["vectors"] = segment.vectors.halves
        if segment.vectors.ivf is not None:
            arrays["ivf"] = segment.vectors.ivf
    written = {f"{name}.npy": write_array(array, folder / f"{name}.npy") for name, array in arrays.items()}
    about = {"fields": list(segment.fields), "values": columns.to_json(segment.columns)}
    data = json.dumps(about, ensure_ascii=False).encode()
    (folder / "segment.json").write_bytes(data)
    return {**written, "segment.json": [len(data), zlib.crc32(data)]}


def read(folder: Path, files: Mapping[str, Sequence[int]]) -> Segment:
    """Map a segment from its folder.

    :param files: what :func:`write` returned.
    :raises IndexDamaged: a file is missing, has another size, or does not fit the others.
    """
    check(folder, files)
    try:
        about = json.loads((folder / "segment.json").read_bytes())
        fields = {
            name: Postings(*(read_array(folder / f"field{number}.{array}.npy") for array in _ARRAYS))
            for number, name in enumerate(about["fields"])
        }
        vectors = None
        if "vectors.npy" in files:
            ivf = read_array(folder / "ivf.npy") if "ivf.npy" in files else None
            vectors = Vectors(read_array(folder / "vectors.npy"), ivf)
        segment = Segment(
            read_array(folder / "keys.npy"),
            columns.from_json(read_array(folder / "codes.npy"), about["values"]),
            fields,
            vectors,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(
            f"索引文件无法读取：{error}", source=str(folder), remedy="索引将自动重建"
        ) from error
    lengths = [len(fields[name].lengths) for name in fields]
    lengths += [segment.columns.codes.shape[1], *([len(vectors.halves)] if vectors else [])]
    if any(length != len(segment) for length in lengths):
        raise IndexDamaged("索引文件互不相符", source=str(folder), remedy="索引将自动重建")
    return segment


def check(folder: Path, files: Mapping[str, Sequence[int]]) -> None:
    """See that the files are there and whole, by their sizes.

    :raises IndexDamaged: one is not.
    """
    for name, (size, _) in files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise IndexDamaged("索引文件缺失或不完整", source=str(path), remedy="索引将自动重建")


def verify(folder: Path, files: Mapping[str, Sequence[int]]) -> list[Path]:
    """The files that are not as they were written, by reading every byte."""
    return [
        folder / name
        for name, (_, crc) in files.items()
        if not (folder / name).is_file() or _crc(folder / name) != crc
    ]


def write_array(array: NDArray[Any], path: Path) -> list[int]:
    """Write an array as .npy; the file's size and CRC-32."""
    with path.open("wb") as file:
        np.lib.format.write_array(file, np.ascontiguousarray(array), allow_pickle=False)
    return [path.stat().st_size, _crc(path)]


def read_array(path: Path) -> NDArray[Any]:
    """Map an array; nothing in the file is ever executed.

    :raises ValueError: it is no array. :raises OSError: it cannot be read.
    """
    array: NDArray[Any] = np.lib.format.open_memmap(path, mode="r")
    # A plain view: every slice of a memmap object costs ten times one of an array.
    return array.view(np.ndarray)


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            crc = zlib.crc32(block, crc)
    return crc
