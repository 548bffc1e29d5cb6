"""Write what is made from the model and from the tests' cases; `make docs` calls it. With `papers`, write those alone.

All of it is committed, since people and editors read it in a clone or on a code host, and the examples come from
tests/cases, which no package contains. `tests/reference` compares. It writes

- the examples of all problems, for `stufenweise explain`
- docs/front-matter.md, docs/problems.md and docs/writing.md in each language
- the JSON Schemas and snippets that editors read
- the papers for works council and data protection, which are pieces of the kit
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
NOTE = "Written by `make docs` (tools/reference.py); changes made by hand get lost."
"""Stands at the top of each file."""
sys.path.insert(0, str(ROOT / "tests"))

from axe import LOOKS  # noqa: E402
from examples import as_yaml, examples  # noqa: E402
from stufenweise.cli.schema_command import as_json  # noqa: E402
from stufenweise.fix.starting_text import split_minutes, starting_text  # noqa: E402
from stufenweise.i18n.reference_text import reference_languages  # noqa: E402
from stufenweise.load.label_words import guidance_words  # noqa: E402
from stufenweise.reference.compliance_documents import (  # noqa: E402
    COMPLIANCE_DOCUMENTS,
    Tested,
    compliance_document_digest,
    compliance_document_text,
)
from stufenweise.reference.editor_snippets import snippets  # noqa: E402
from stufenweise.reference.json_schemas import SCHEMAS, json_schema  # noqa: E402
from stufenweise.reference.problem_explanations import EXAMPLES  # noqa: E402
from stufenweise.reference.reference_pages import front_matter_page, problems_page, writing_page  # noqa: E402


def example_file() -> tuple[str, str]:
    """Return path and text of the examples; the pages are made with them, so they come first."""
    return f"generator/stufenweise/reference/{EXAMPLES}", as_yaml(examples())


def pages() -> Iterator[tuple[str, str]]:
    """Yield path and text of everything else."""
    for language in reference_languages():
        suffix = "" if language == "en" else f".{language}"
        yield f"docs/front-matter{suffix}.md", f"<!-- {NOTE} -->\n\n{front_matter_page(language)}"
        yield f"docs/problems{suffix}.md", f"<!-- {NOTE} -->\n\n{problems_page(language)}"
        yield f"docs/writing{suffix}.md", f"<!-- {NOTE} -->\n\n{writing_page(language, written_rows())}"
    schemas = {kind: json_schema(kind) for kind in SCHEMAS} | {"mkdocs": plugin_schema()}
    for kind, schema in schemas.items():
        yield f".vscode/schemas/{kind}.schema.json", f"{as_json({'$comment': NOTE, **schema})}\n"
    words = guidance_words(reference_languages(), {})
    texts = {
        code: starting_text("tutorial.md", code, facts="", steps=split_minutes(30), words=words[code])
        for code in reference_languages()
    }
    yield ".vscode/stufenweise.code-snippets", f"// {NOTE}\n{as_json(snippets(texts))}\n"
    yield from papers()


def papers() -> Iterator[tuple[str, str]]:
    """Yield path and text of the papers; a day of review stays as it was noted."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    source, *others = sorted(reference_languages())
    for paper in COMPLIANCE_DOCUMENTS:
        digest = ""
        for language in (source, *others):
            path = f"content/kit/{paper}.{language}.md"
            known = re.search(r"^reviewed: (.+)$", _text(path), re.MULTILINE)
            text = compliance_document_text(
                paper,
                language,
                note=NOTE,
                version=version,
                reviewed=known[1] if known else "2026-11-30",
                digest=digest,
                tested=tested(),
            )
            digest = digest or compliance_document_digest(text)
            yield path, text


def tested() -> Tested:
    """Return what the tests use: the versions that are locked, and the looks of the pages."""
    npm = json.loads(_text("tests/node/package.json"))["dependencies"]
    pypi = dict(re.findall(r"^([\w-]+)==(\S+)", _text("requirements-test.lock"), re.MULTILINE))
    widths = sorted({look["width"] for look in LOOKS})
    return Tested({**npm, **pypi}, widths, ("Chromium", "Firefox ESR", "WebKitGTK"))


def _text(path: str) -> str:
    """Return a file of the project; nothing if it is not there yet."""
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def written_rows() -> list[dict[str, object]]:
    """Return what people write, what they mean, and what happens: the rows that the tests prove."""
    return list(yaml.safe_load((ROOT / "tests" / "writing.yml").read_text(encoding="utf-8")))


def plugin_schema() -> dict[str, object]:
    """Return the schema of a mkdocs.yml as far as it is ours: the options of our plugin."""
    settings = json_schema("settings")
    dialect = settings.pop("$schema")
    definitions = settings.pop("definitions", {})
    plugin = {"type": "object", "properties": {"stufenweise": settings}}
    plugins = {"type": "array", "items": {"anyOf": [{"type": "string"}, plugin]}}
    return {"$schema": dialect, "type": "object", "definitions": definitions, "properties": {"plugins": plugins}}


def write(path: str, text: str) -> None:
    """Write a file of the project."""
    file = ROOT / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    only_papers = sys.argv[1:] == ["papers"]
    if not only_papers:
        write(*example_file())
    for path, text in papers() if only_papers else pages():
        write(path, text)
