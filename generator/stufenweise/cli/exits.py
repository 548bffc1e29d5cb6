"""Exit codes of commands, and functions that exit with a message."""

from __future__ import annotations

from typing import NoReturn

import click

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
