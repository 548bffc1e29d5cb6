"""`stufenweise explain CODE`: explain a message, with a wrong and a right example."""

from __future__ import annotations

import os

import click

from stufenweise.cli.exits import refuse, with_suggestion
from stufenweise.cli.options import language_option
from stufenweise.i18n.messages import PROBLEM_TEXTS, command_text, message_language
from stufenweise.reference.problem_explanations import ProblemExplanation, explain_all_problems, explain_problem

EXPLANATION_INDENT = "    "


@click.command()
@click.argument("code", required=False)
@language_option
def explain(code: str | None, lang: str | None) -> None:
    """Explain the message with this code and show a wrong and a right example; without a code, list all."""
    language = message_language(lang, os.environ)
    if not code:
        for explanation in explain_all_problems(language):
            click.echo(f"{click.style(explanation.code, bold=True)}  {explanation.message.what}")
        return
    wanted = code.strip().strip("[]").lower()
    codes = PROBLEM_TEXTS.complete(language)
    if wanted not in codes:
        refuse(with_suggestion(command_text("explain-unknown", language, code=code), wanted, codes, language))
    click.echo(_as_text(explain_problem(wanted, language), language))


def _as_text(explanation: ProblemExplanation, language: str) -> str:
    kind = command_text("error" if explanation.is_error else "warning", language)
    colour = "red" if explanation.is_error else "yellow"
    message = explanation.message
    headline = f"{explanation.place}: {click.style(f'{kind} [{explanation.code}]', fg=colour)} {message.what}"
    parts = [headline, *([f"{EXPLANATION_INDENT}{message.remedy}"] if message.remedy else [])]
    for key, text in (("explain-wrong", explanation.wrong), ("explain-right", explanation.right)):
        parts += [
            "",
            f"{command_text(key, language)}:",
            *(f"{EXPLANATION_INDENT}{line}".rstrip() for line in text.split("\n")),
        ]
    return "\n".join(parts)
