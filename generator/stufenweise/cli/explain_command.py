"""`stufenweise explain CODE`: explain a message, with a wrong and a right example."""

from __future__ import annotations

import click

from stufenweise.cli.command_context import CommandContext, with_context
from stufenweise.cli.exits import refuse
from stufenweise.i18n.messages import PROBLEM_TEXTS, command_text
from stufenweise.reference.problem_explanations import ProblemExplanation, explain_all_problems, explain_problem

EXPLANATION_INDENT = "    "


@click.command()
@click.argument("code", required=False)
@with_context
def explain(context: CommandContext, code: str | None) -> None:
    """Explain the message with this code and show a wrong and a right example; without a code, list all."""
    if not code:
        for explanation in explain_all_problems(context.language):
            click.echo(f"{click.style(explanation.code, bold=True)}  {explanation.message.what}")
        return
    wanted = code.strip().strip("[]").lower()
    codes = PROBLEM_TEXTS.complete(context.language)
    if wanted not in codes:
        refuse(context.with_suggestion(context.message("explain-unknown", code=code), wanted, codes))
    click.echo(_as_text(explain_problem(wanted, context.language), context.language))


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
