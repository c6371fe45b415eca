"""Files for people: case books, tables and comparisons as Word, Markdown, Excel and CSV."""

from search.export.save import export_casebook, export_comparison, export_table

__all__ = ["export_casebook", "export_comparison", "export_table"]
