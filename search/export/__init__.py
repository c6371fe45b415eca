"""Files for people: case books, tables and comparisons as Word, Markdown, Excel and CSV."""

from search.export.save import (
    export_casebook,
    export_checkup,
    export_comparison,
    export_table,
    export_versions,
)

__all__ = ["export_casebook", "export_checkup", "export_comparison", "export_table", "export_versions"]
