"""How a command ends: exit codes, and the one way to refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from stufenweise.i18n.messages import command_text
from stufenweise.source.suggest import suggest

EXIT_CONTENT = 1
"""Exit code: problems in the content."""
EXIT_USAGE = 2
"""Exit code: wrong use."""
EXIT_MACHINE = 3
"""Exit code: the machine could not do it."""
EXIT_STOPPED = 130
"""Exit code: a person stopped it, by Ctrl+C or the end of the input, as shells have it."""


def refuse(text: str, code: int = EXIT_USAGE) -> NoReturn:
    """Print why nothing is done to standard error, and end the program with an exit code."""
    click.echo(text, err=True)
    raise SystemExit(code)


@contextmanager
def exit_on_os_error(key: str, path: Path | str, language: str) -> Iterator[None]:
    """Print the message `key` for an OSError met inside, with `path` if it names no file, and exit."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        refuse(command_text(key, language, file=error.filename or path, reason=reason), EXIT_MACHINE)


def with_suggestion(message: str, slug: str, known: Iterable[str], language: str) -> str:
    """Return a message about an unknown slug, with the known one that may be meant."""
    suggestion = suggest(slug, known)
    return f"{message} {command_text('did-you-mean', language, nearest=suggestion)}" if suggestion else message
