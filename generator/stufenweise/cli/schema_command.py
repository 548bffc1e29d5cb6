"""`stufenweise schema`: print the definition of front matter and data files, for editors and for people."""

from __future__ import annotations

import json
from pathlib import Path

import click

from stufenweise.cli.command_context import CommandContext, with_context
from stufenweise.cli.content_writing import write_files
from stufenweise.reference.json_schemas import SCHEMAS, json_schema
from stufenweise.reference.reference_pages import front_matter_page


def as_json(value: object) -> str:
    """Return a schema as JSON; dates have the form of front matter."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


@click.command()
@click.argument("kind", type=click.Choice((*SCHEMAS, "all")), default="all")
@with_context
@click.option("--format", "output_format", type=click.Choice(("json", "markdown")), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Write one file a kind here.")
def schema(context: CommandContext, kind: str, output_format: str, output: Path | None) -> None:
    """Print what may stand in front matter and data files: JSON Schema, or a table to read.

    JSON Schema says it in all languages unless --lang names one.
    """
    kinds = tuple(SCHEMAS) if kind == "all" else (kind,)
    languages = (context.named_language,) if context.named_language else None
    if output:
        files = {}
        for name in kinds:
            suffix = "schema.json" if output_format == "json" else "md"
            text = (
                f"{as_json(json_schema(name, languages))}\n"
                if output_format == "json"
                else front_matter_page(context.language, (name,))
            )
            files[f"{name}.{suffix}"] = text.encode()
        write_files(output, files)
    elif output_format == "markdown":
        click.echo(front_matter_page(context.language, kinds), nl=False)
    else:
        schemas = {name: json_schema(name, languages) for name in kinds}
        click.echo(as_json(schemas if kind == "all" else schemas[kind]))
