"""What the command line prints: JSON Lines for programs, tables for people, errors for both."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import click


def emit(record: Mapping[str, Any]) -> None:
    """Print one JSON object on a line of its own."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def emit_all(records: Iterable[Mapping[str, Any]]) -> None:
    """Print JSON Lines, each as soon as it is known."""
    for record in records:
        emit(record)
    sys.stdout.flush()


def say(text: str = "") -> None:
    """Print a line for a person."""
    click.echo(text)


def warn(text: str) -> None:
    """Print a line on stderr."""
    click.echo(text, err=True)


def table(headers: list[str], rows: Iterable[Iterable[object]]) -> None:
    """Print rows under headers, as wide as the terminal allows."""
    from rich.console import Console
    from rich.table import Table

    grid = Table(show_header=True, header_style="bold", box=None, pad_edge=False)
    for header in headers:
        grid.add_column(header, overflow="fold")
    for row in rows:
        grid.add_row(*[str(cell) for cell in row])
    # In a pipe there is no terminal to fit into; 160 columns keep one record on one line.
    Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False).print(grid)
