"""A part of an index: a segment, which of its rows are still alive, and the files of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexDamaged
from search.engines import manifest, segment
from search.engines.manifest import SegmentFiles
from search.engines.segment import Segment
from search.lexical.postings import Mask
from search.lexical.shards import Shard

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A segment with its tombstones, and the files it has, if any."""

    segment: Segment
    shards: dict[str, Shard]
    alive: Mask | None = None
    files: SegmentFiles | None = None

    @classmethod
    def of(cls, whole: Segment, files: SegmentFiles | None = None) -> Part:
        """A part all of whose rows live."""
        return cls(whole, {name: Shard(postings) for name, postings in whole.fields.items()}, files=files)

    @property
    def living(self) -> int:
        """How many rows live."""
        return len(self.segment) if self.alive is None else int(np.count_nonzero(self.alive))

    def shard(self, field: str) -> Shard:
        """The field's shard; one without terms where no row of the segment has the field."""
        if field in self.shards:
            return self.shards[field]
        return Shard(self.segment.postings(field), self.alive)

    def rows_of(self, keys: Keys) -> Keys:
        """The rows of those keys that are here and alive."""
        own = self.segment.keys
        # Keys that a store gives out ascend; only keys that were put back later need sorting.
        order = None if bool(np.all(own[1:] > own[:-1])) else np.argsort(own)
        places = np.minimum(np.searchsorted(own, keys, sorter=order), own.size - 1)
        rows: Keys = places if order is None else order[places]
        rows = rows[own[rows] == keys]
        return rows if self.alive is None else rows[self.alive[rows]]

    def without(self, keys: Keys) -> Part:
        """The part after the death of these keys."""
        rows = self.rows_of(keys) if len(self.segment) else np.empty(0, np.int64)
        if not rows.size:
            return self
        dying = np.zeros(len(self.segment), np.bool_)
        dying[rows] = True
        shards = {name: shard.without(dying) for name, shard in self.shards.items()}
        alive = ~dying if self.alive is None else self.alive & ~dying
        files = self.files and replace(self.files, dead="", dead_files=None)
        return Part(self.segment, shards, alive, files)

    def written(self, folder: Path) -> Part:
        """The part with files of its own in the index at ``folder``, its segment mapped from them."""
        part = self
        files = part.files
        if files is None:
            name = uuid4().hex
            inside = manifest.segment_folder(folder, name)
            files = SegmentFiles(name, segment.write(part.segment, inside))
            mapped = segment.read(inside, files.files)
            shards = {
                field: replace(shard, postings=mapped.fields[field]) for field, shard in part.shards.items()
            }
            part = Part(mapped, shards, part.alive, files)
        if part.alive is not None and not files.dead:
            part = replace(part, files=_write_dead(folder, part, files))
        return part


def _write_dead(folder: Path, part: Part, files: SegmentFiles) -> SegmentFiles:
    """Write the tombstones beside those of earlier generations."""
    name = f"dead-{uuid4().hex}"
    inside = manifest.segment_folder(folder, files.name) / name
    inside.mkdir()
    arrays: dict[str, NDArray[Any]] = {"alive": np.asarray(part.alive)}
    for number, field in enumerate(part.segment.fields):
        arrays[f"field{number}.terms"] = part.shards[field].dead_terms
        arrays[f"field{number}.counts"] = part.shards[field].dead_counts
    written = {
        f"{key}.npy": segment.write_array(array, inside / f"{key}.npy") for key, array in arrays.items()
    }
    return replace(files, dead=name, dead_files=written)


def open_part(folder: Path, files: SegmentFiles) -> Part:
    """Map a part from its files in the index at ``folder``.

    :raises IndexDamaged: they cannot be read or do not belong together.
    """
    inside = manifest.segment_folder(folder, files.name)
    part = Part.of(segment.read(inside, files.files), files)
    if not files.dead:
        return part
    segment.check(inside / files.dead, files.dead_files or {})
    try:
        alive = segment.read_array(inside / files.dead / "alive.npy")
        shards = {
            field: Shard(
                part.shards[field].postings,
                alive,
                segment.read_array(inside / files.dead / f"field{number}.terms.npy"),
                segment.read_array(inside / files.dead / f"field{number}.counts.npy"),
            )
            for number, field in enumerate(part.segment.fields)
        }
    except (OSError, ValueError) as error:
        raise IndexDamaged(
            f"索引文件无法读取：{error}", source=str(inside), remedy="索引将自动重建"
        ) from error
    if alive.shape != (len(part.segment),):
        raise IndexDamaged("索引文件互不相符", source=str(inside), remedy="索引将自动重建")
    return Part(part.segment, shards, alive, files)
