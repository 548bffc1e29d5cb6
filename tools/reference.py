"""Write the files that are generated from the model and from the tests' cases; `make docs` calls it.

They are committed, since people and editors read them in a clone or on a code host, and the examples come from
tests/cases, which no package contains. `tests/reference` checks that they are up to date:

- the examples of all problems, for `stufenweise explain`
- docs/front-matter.md, docs/problems.md and docs/writing.md in each language
- the JSON Schemas and snippets that editors read
- the compliance documents for works council and data protection, which are pieces of the kit

`tools/reference.py compliance-documents` writes those alone.
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
"""First line of each file."""
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
    """Return path and text of the examples; the pages contain them, so they are written first."""
    return f"generator/stufenweise/reference/{EXAMPLES}", as_yaml(examples())


def pages() -> Iterator[tuple[str, str]]:
    """Yield path and text of the other files."""
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
    yield from compliance_documents()


def compliance_documents() -> Iterator[tuple[str, str]]:
    """Yield path and text of the compliance documents; the day of their last review stays."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    source, *others = sorted(reference_languages())
    for document in COMPLIANCE_DOCUMENTS:
        digest = ""
        for language in (source, *others):
            path = f"content/kit/{document}.{language}.md"
            reviewed = re.search(r"^reviewed: (.+)$", _text(path), re.MULTILINE)
            text = compliance_document_text(
                document,
                language,
                note=NOTE,
                version=version,
                reviewed=reviewed[1] if reviewed else "2026-11-30",
                digest=digest,
                tested=tested(),
            )
            digest = digest or compliance_document_digest(text)
            yield path, text


def tested() -> Tested:
    """Return the locked versions of the tests' tools, the widths of pages, and the browsers."""
    npm = json.loads(_text("tests/node/package.json"))["dependencies"]
    pypi = dict(re.findall(r"^([\w-]+)==(\S+)", _text("requirements-test.lock"), re.MULTILINE))
    widths = sorted({look["width"] for look in LOOKS})
    return Tested({**npm, **pypi}, widths, ("Chromium", "Firefox ESR", "WebKitGTK"))


def _text(path: str) -> str:
    """Return the text of a file of the project; empty if it does not exist yet."""
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def written_rows() -> list[dict[str, object]]:
    """Return the forms that people write, with meaning and result; the tests check them."""
    return list(yaml.safe_load((ROOT / "tests" / "writing.yml").read_text(encoding="utf-8")))


def plugin_schema() -> dict[str, object]:
    """Return a schema of mkdocs.yml with the options of our plugin."""
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
    documents_alone = sys.argv[1:] == ["compliance-documents"]
    if not documents_alone:
        write(*example_file())
    for path, text in compliance_documents() if documents_alone else pages():
        write(path, text)
