"""Exit codes of commands, and functions that exit with a message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

import click

from stufenweise.i18n.messages import command_text
from stufenweise.source.suggest import suggest

EXIT_CONTENT = 1
"""Exit code: problems in the content."""
EXIT_USAGE = 2
"""Exit code: wrong use."""
EXIT_MACHINE = 3
"""Exit code: failure of the machine."""
EXIT_STOPPED = 130
"""Exit code: stopped by Ctrl+C or the end of the input, the code that shells use."""


def refuse(text: str, code: int = EXIT_USAGE) -> NoReturn:
    """Print a message to standard error, and exit."""
    click.echo(text, err=True)
    raise SystemExit(code)


def with_suggestion(message: str, slug: str, known: Iterable[str], language: str) -> str:
    """Return a message about an unknown slug, with the known one that may be meant."""
    suggestion = suggest(slug, known)
    return f"{message} {command_text('did-you-mean', language, nearest=suggestion)}" if suggestion else message
