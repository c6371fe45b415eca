"""Documents that are ZIP archives of XML parts (docx, xlsx, OFD), opened with care: bounded, without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType

from lxml import etree

from ingest.loaders.base import RawFile
from kb.errors import EncryptedSource, UnreadableSource

MAX_UNPACKED = 400 * 1024 * 1024
"""Bytes that the parts of one document may unpack to, all together."""
MAX_PARTS = 20000


class Container:
    """An archive that is open for reading; use it in a ``with`` block.

    :raises kb.errors.UnreadableSource: when it is damaged, or would unpack to more than ``MAX_UNPACKED``.
    """

    def __init__(self, raw: RawFile, kind: str) -> None:
        self._raw = raw
        self._kind = kind
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw.data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.damaged() from error
        entries = self._archive.infolist()
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise self._bomb()
        if any(entry.flag_bits & 1 for entry in entries):
            raise EncryptedSource("文件有打开密码", source=raw.name, remedy="请去掉密码后另存")
        self.names = {entry.filename for entry in entries}

    def __enter__(self) -> Container:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def damaged(self) -> UnreadableSource:
        """The error for an archive that is broken."""
        return UnreadableSource(
            f"{self._kind}文件已损坏", source=self._raw.name, remedy="请用原软件打开后另存一份"
        )

    def _bomb(self) -> UnreadableSource:
        return UnreadableSource("压缩内容异常庞大，拒绝展开", source=self._raw.name, remedy="请确认文件来源")

    def read(self, name: str) -> bytes:
        """The bytes of a part; what the directory claims of its size is not believed."""
        try:
            with self._archive.open(name) as part:
                data = part.read(MAX_UNPACKED - self._unpacked + 1)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise self.damaged() from error
        self._unpacked += len(data)
        if self._unpacked > MAX_UNPACKED:
            raise self._bomb()
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part. Document types, and with them entities, are refused."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableSource(
                "文件里有不允许的 XML 实体", source=self._raw.name, remedy="请用原软件打开后另存一份"
            )
        return root

    def optional_xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None when there is no such part."""
        return self.xml(name) if name in self.names else None
