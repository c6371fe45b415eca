"""The errors a person may meet. Each says in Chinese what happened, to which file, and what to do."""

from __future__ import annotations


class PolicyKBError(Exception):
    """Base of every expected error.

    :param message: what happened, in Chinese, one line.
    :param source: the file or object it happened to, if there is one.
    :param remedy: what the person can do about it, in Chinese.
    """

    def __init__(self, message: str, *, source: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.source}：" if self.source else ""
        cure = f"（{self.remedy}）" if self.remedy else ""
        return f"{where}{self.message}{cure}"


class SourceError(PolicyKBError):
    """A source file cannot be read into the library; the other files go on."""


class UnsupportedFormat(SourceError):
    """No loader reads this kind of file."""


class UnreadableSource(SourceError):
    """The file is damaged, empty, or not what its name says."""


class EncryptedSource(SourceError):
    """The file is protected by a password."""


class NeedsOCR(SourceError):
    """The file holds pictures of pages and no text."""


class StoreError(PolicyKBError):
    """The store cannot be opened or written."""


class StoreBusy(StoreError):
    """Another process is writing to the same knowledge base."""


class SchemaTooNew(StoreError):
    """The store was written by a newer version of the program."""


class IndexDamaged(PolicyKBError):
    """A derived index does not match its store; it can be rebuilt."""


class ModelUnavailable(PolicyKBError):
    """An embedding model cannot be loaded."""


class SettingsError(PolicyKBError):
    """A settings file holds a value that cannot be used."""


class QueryError(PolicyKBError):
    """A question or a filter cannot be understood, e.g. an unknown region."""


class ExportError(PolicyKBError):
    """A file cannot be written."""


class DraftError(PolicyKBError):
    """No draft can be made: it is not set up, the endpoint fails, or its answer is unfit."""
