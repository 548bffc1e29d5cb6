"""A company's settings: errors are reported at their position, with those of the content, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import run
from mkdocs.config.defaults import MkDocsConfig
from stufenweise.config.mkdocs_keys import KNOWN
from stufenweise.i18n.messages import PROBLEM_TEXTS
from test_cases import BRAND, OVERLAY, unreplaced

FOLDER = Path(__file__).parent
CASES: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "settings.yml").read_text(encoding="utf-8"))
OVERLAYS: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "overlays.yml").read_text(encoding="utf-8"))
KEYS = {"config", "files", "links", "problems", "codes", "says"}


def needs(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.posix] if "links" in case else []


def written(root: Path, case: dict[str, Any]) -> Path:
    """Write a project as a case has it, and return its mkdocs.yml."""
    for path, text in {"mkdocs.yml": case["config"], **case.get("files", {})}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    for path, target in case.get("links", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    return root / "mkdocs.yml"


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(case)) for name, case in CASES.items()])
def test_settings_are_read_or_refused_as_expected(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    assert set(case) <= KEYS
    config = written(tmp_path / "company", case)
    files = {place.partition(":")[0] for place in case.get("problems", ["mkdocs.yml"])}
    expected = 2 if any(not file.startswith("content/") for file in files) else 1 if files else 0
    before = {path for path in config.parent.rglob("*") if path.is_file()}
    for language in ("de", "en"):
        result = run(config, "check", "--format", "json", "--lang", language)
        found = json.loads(result.stdout)
        said = " ".join(f"{entry['what']} {entry['remedy']}" for entry in found)
        places = [f"{entry['file']}:{entry['line']}:{entry['column']} {entry['code']}" for entry in found]
        if "codes" in case:
            assert {entry["code"] for entry in found} == set(case["codes"])
        else:
            assert places == case["problems"], said
        assert result.exit_code == expected, said
        for text in case.get("says", {}).get(language, []):
            assert text in said
        assert not any(unreplaced(said, entry["code"], language) for entry in found), said
        assert "function-" not in said
    built = run(config, "build", "--lang", "en") if case.get("problems", True) else None
    if built:
        assert built.exit_code == expected
        after = {path for path in config.parent.rglob("*") if path.is_file()}
        work = config.parent / ".stufenweise"
        assert after - before <= {work / "lock", *(work / "cache" / f"{name}.lines" for name in ("texts", "checks"))}


def test_every_code_about_a_company_is_proven_here() -> None:
    """Each code is yielded by a case, and there are cases of each kind that yield nothing."""
    cases = (*CASES.values(), *OVERLAYS.values())
    proven = {place.rpartition(" ")[2] for case in cases for place in case.get("problems", ())}
    proven |= {code for case in cases for code in case.get("codes", ())}
    elsewhere = {"handout-overflow-base", "label-unknown", "label-untranslated", "label-values", "package-untranslated"}
    assert proven | elsewhere >= OVERLAY | BRAND
    assert set(PROBLEM_TEXTS.complete("de")) >= OVERLAY | BRAND
    assert [case for case in CASES.values() if case.get("problems") == []]
    assert [case for case in OVERLAYS.values() if case["problems"] == []]


def test_the_keys_of_mkdocs_are_known() -> None:
    obsolete = {"config_file_path", "google_analytics", "pages"}
    assert {key for key, _ in MkDocsConfig._schema} - obsolete | {"INHERIT"} == KNOWN
