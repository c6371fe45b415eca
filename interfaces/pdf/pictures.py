"""Rendered pages kept in a temporary folder, so many bytes of them at most, the ones used last."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path
from weakref import finalize

from interfaces.pdf.page import Box, PdfPage, open_page

_MOST_BYTES = 64_000_000
_Key = tuple[str, int, float]


class Pictures:
    """A cache of pages by the digest of their file; its folder goes when it does.

    :param most_bytes: of all pictures together; the one used longest ago goes first.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="policykb-pages-"))
        self._most = most_bytes
        self._known: OrderedDict[_Key, tuple[Path, str, tuple[Box, ...], bool, int]] = OrderedDict()
        self._guard = threading.Lock()
        self._cleaning = finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def page(self, path: Path, digest: str, number: int, *, scale: float) -> PdfPage:
        """A page, rendered or as it was rendered before.

        :param digest: of the file's bytes, which tells one state of it from the next.
        :raises UnreadableSource: see :func:`interfaces.pdf.page.open_page`.
        """
        key = (digest, number, scale)
        kept = self._kept(key)
        if kept is not None:
            return kept
        page = open_page(path, number, scale=scale)
        self._keep(key, page)
        return page

    def _kept(self, key: _Key) -> PdfPage | None:
        with self._guard:
            if key not in self._known:
                return None
            file, mime, boxes, is_scan, _ = self._known[key]
            try:
                picture = file.read_bytes()
            except OSError:  # someone cleaned the temporary folder
                del self._known[key]
                return None
            self._known.move_to_end(key)
            return PdfPage(picture, mime, boxes, is_scan)

    def _keep(self, key: _Key, page: PdfPage) -> None:
        with self._guard:
            file = self.folder / f"{key[0][:32]}-{key[1]}-{key[2]:g}"
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                file.write_bytes(page.picture)
            except OSError:  # no room: pages are rendered each time
                return
            self._known[key] = (file, page.mime, page.boxes, page.is_scan, len(page.picture))
            self._known.move_to_end(key)
            while len(self._known) > 1 and sum(entry[4] for entry in self._known.values()) > self._most:
                _, (old, *_) = self._known.popitem(last=False)
                old.unlink(missing_ok=True)
