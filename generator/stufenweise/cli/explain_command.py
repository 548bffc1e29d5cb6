"""`stufenweise explain CODE`: what a message means, with a wrong and a right example."""

from __future__ import annotations

import os

import click

from stufenweise.cli.context import EXIT_USAGE, language_option, with_suggestion
from stufenweise.i18n.messages import command_text, message_language, problem_catalogue
from stufenweise.reference.problem_explanations import ProblemExplanation, explain_all_problems, explain_problem

EXPLANATION_INDENT = "    "


@click.command()
@click.argument("code", required=False)
@language_option
def explain(code: str | None, lang: str | None) -> None:
    """Explain the message with this code and show a wrong and a right example; without a code, list all."""
    language = message_language(lang, os.environ)
    if not code:
        for one in explain_all_problems(language):
            click.echo(f"{click.style(one.code, bold=True)}  {one.message.what}")
        return
    wanted = code.strip().strip("[]").lower()
    if wanted not in problem_catalogue(language):
        click.echo(
            with_suggestion(
                command_text("explain-unknown", language, code=code), wanted, problem_catalogue(language), language
            ),
            err=True,
        )
        raise SystemExit(EXIT_USAGE)
    click.echo(_as_text(explain_problem(wanted, language), language))


def _as_text(one: ProblemExplanation, language: str) -> str:
    kind = command_text("error" if one.is_error else "warning", language)
    colour = "red" if one.is_error else "yellow"
    headline = f"{one.place}: {click.style(f'{kind} [{one.code}]', fg=colour)} {one.message.what}"
    parts = [headline, *([f"{EXPLANATION_INDENT}{one.message.remedy}"] if one.message.remedy else [])]
    for key, text in (("explain-wrong", one.wrong), ("explain-right", one.right)):
        parts += [
            "",
            f"{command_text(key, language)}:",
            *(f"{EXPLANATION_INDENT}{line}".rstrip() for line in text.split("\n")),
        ]
    return "\n".join(parts)
