"""Run a command as a person does, on a fixed day."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from day import ENVIRON
from stufenweise.cli import main


def run(config: Path, *arguments: str, answers: str | None = None) -> Result:
    """Run a command in a project, with these lines as input; fail if it shows a traceback."""
    result = CliRunner().invoke(main, [*arguments, "-f", str(config)], input=answers, env=ENVIRON)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
