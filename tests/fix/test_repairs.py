"""`--fix` changes only what has one right answer."""

from __future__ import annotations

import datetime
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from case import CASES
from conftest import ROOT
from memory_library import check_files, library, load
from stufenweise.check import check
from stufenweise.fix import repairs
from stufenweise.fix.repairs import repair_content
from stufenweise.fix.typographic_quotes import typographic_quotes
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextKey
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.model.problem import Problem
from stufenweise.source.files.content_files import read_content_files
from stufenweise.source.markdown.outline import read_outline
from test_cases import case_of, files_of, name
from test_mistakes import FAMILIES, FIRST, files_of_mistake


def files(**edits: tuple[str, str]) -> dict[ContentPath, bytes]:
    """Return the library's files with one edit each; `first_de` means tutorials/first.de.md."""
    data = dict(library())
    for file_name, (find, replace) in edits.items():
        path = ContentPath(f"tutorials/{file_name.replace('_', '.')}.md")
        assert data[path].count(find.encode()) == 1, find
        data[path] = data[path].replace(find.encode(), replace.encode())
    return data


def fixed(
    data: dict[ContentPath, bytes], only: set[ShownPath] | None = None
) -> tuple[dict[ContentPath, bytes], list[str]]:
    result = repair_content(data, load, only, ())
    return dict(result.data), [f"{place.file}:{place.line} {what}" for place, what in result.notes]


def test_fix_leaves_correct_text_alone() -> None:
    assert fixed(files()) == ({}, [])


def test_the_shipped_content_needs_no_repair() -> None:
    data = read_content_files(ROOT / "content").data
    assert fixed(dict(data)) == ({}, [])


def test_content_is_checked_once_and_then_once_for_each_kind_of_repair(monkeypatch: pytest.MonkeyPatch) -> None:
    days = []

    def counted(loaded: LoadResult, today: datetime.date, **options: Any) -> list[Problem]:
        days.append(today)
        return check(loaded, today, **options)

    monkeypatch.setattr(repairs, "check", counted)
    data = files(
        first_de=("## Stolpersteine {#pitfalls}", "## Stolpersteine"),
        second_de=("title: Tutorial second\nsummary: Ein Satz zu second", "summary: Ein Satz\ntitle: Tutorial second"),
        third_de=("Frau Arslan sucht", "Frau\u200b Arslan sucht"),
    )
    kinds = {note.split()[1] for note in fixed(data)[1]}
    assert kinds == {"characters", "keys", "misreading"}
    assert len(days) == 1 + len(kinds)


def test_keys_come_in_order_with_their_comments_and_lists() -> None:
    data = files(
        first_de=(
            "title: Tutorial first\nsummary: Ein Satz zu first.\nlevel: 1\n",
            "# Zuerst die Stufe\nlevel: 1 # die erste\nsummary: >-\n  Ein Satz\n  zu first.\n\ntitle: Tutorial first\n",
        )
    )
    changed, notes = fixed(data)
    assert (
        changed[FIRST]
        .decode()
        .startswith(
            "---\n\ntitle: Tutorial first\nsummary: >-\n  Ein Satz\n  zu first.\n"
            "# Zuerst die Stufe\nlevel: 1 # die erste\n"
        )
    )
    assert {note.split()[1] for note in notes} == {"keys"}


@pytest.mark.parametrize(
    ("line", "wrong", "right"),
    [
        ("goals: [S1, O1]", "goals : [S1/O1]", "goals : [S1, O1]"),
        ("goals: [S1, O1]", "goals : S1, O1", "goals : [S1, O1]"),
        ("level: 1", "level : Stufe 1", "level : 1"),
        ("summary: Ein Satz", "sumary : Ein Satz", "summary : Ein Satz"),
    ],
    ids=["entries", "list", "number", "key"],
)
def test_facts_are_corrected_with_a_space_before_the_colon(line: str, wrong: str, right: str) -> None:
    data = files(first_de=(line, wrong))
    assert fixed(data)[0][FIRST] == data[FIRST].replace(wrong.encode(), right.encode())


def test_front_matter_in_one_line_stays() -> None:
    data = files()
    head, body = data[FIRST].decode().split("\n---\n", 1)
    facts = ", ".join(reversed(head.removeprefix("---\n").split("\n")))
    data[FIRST] = f"---\n{{{facts}}}\n---\n{body}".encode()
    assert ("tutorial", "first", "de") in load(data).texts
    assert fixed(data) == ({}, [])


@pytest.mark.parametrize(
    ("find", "replace", "line"),
    [
        ("{#try minutes=10}", "{#try}", "### Ausprobieren {#try minutes=10}"),
        (" {#try minutes=10}", "", "### Ausprobieren {#try minutes=10}"),
        ("{#keep minutes=5}", "{#keep part=2}", "### Festhalten {#keep minutes=5 part=2}"),
    ],
)
def test_the_last_minutes_are_what_is_left(find: str, replace: str, line: str) -> None:
    changed, _ = fixed(files(first_de=(find, replace)))
    assert line in changed[FIRST].decode().split("\n")


@pytest.mark.parametrize(
    "edit",
    [
        ("{#look minutes=5}\n", "{#look}\n"),
        ("{#look minutes=5}", "{#look minutes=15}"),
        ("{#look minutes=5}", "{#look minutes=viel}"),
    ],
)
def test_minutes_that_are_not_plain_stay(edit: tuple[str, str]) -> None:
    data = files(first_de=("{#try minutes=10}", "{#try}"))
    data[FIRST] = data[FIRST].replace(edit[0].encode(), edit[1].encode())
    assert fixed(data) == ({}, [])


def test_a_missing_heading_comes_where_it_belongs() -> None:
    data = files(first_de=("## Stolpersteine {#pitfalls}\n\n- Zu viel auf einmal.\n\n", ""))
    changed, notes = fixed(data)
    text = changed[FIRST].decode()
    assert "- Wo hilft das?\n\n## Stolpersteine {#pitfalls}\n\n## Nächster Schritt {#next}\n" in text
    assert [note.split()[1] for note in notes] == ["sections"]


def test_missing_headings_at_the_end_and_side_by_side() -> None:
    data = files()
    text = data[FIRST].decode()
    data[FIRST] = text[: text.index("## Darüber sprechen")].rstrip().encode()
    changed, _ = fixed(data)
    assert (
        changed[FIRST]
        .decode()
        .endswith(
            "{#kept}\n\n## Darüber sprechen {#talk}\n\n## Stolpersteine {#pitfalls}\n\n## Nächster Schritt {#next}\n\n"
            "## Für die Mentorin, den Mentor {#mentor}\n"
        )
    )


def test_a_heading_in_the_usual_words_gets_its_id() -> None:
    changed, _ = fixed(files(first_de=("## Stolpersteine {#pitfalls}", "## Stolpersteine")))
    assert changed[FIRST] == files()[FIRST]


@pytest.mark.parametrize(
    "code", ["~~~\n```\n~~~", "````\n```\n````", "~~~\n```\n## Stolpersteine\n~~~", "```py\n~~~\n```"]
)
def test_fences_of_two_kinds_hide_no_heading(code: str) -> None:
    data = files(first_de=("## Stolpersteine {#pitfalls}", "## Stolpersteine"))
    data[FIRST] = data[FIRST].replace(b"{#talk}\n", f"{{#talk}}\n\n{code}\n".encode())
    changed, _ = fixed(data)
    text = changed.get(FIRST, data[FIRST]).decode()
    assert text.count("## Stolpersteine {#pitfalls}") == 1
    assert f"{code}\n" in text


def test_a_comment_in_front_matter_is_no_heading() -> None:
    data = files(first_de=("## Stolpersteine {#pitfalls}\n\n- Zu viel auf einmal.\n\n", ""))
    data[FIRST] = data[FIRST].replace(b"title:", b"## Stolpersteine\ntitle:", 1)
    text = fixed(data)[0][FIRST].decode()
    assert text.startswith("---\n## Stolpersteine\ntitle:")
    assert "\n## Stolpersteine {#pitfalls}\n" in text


@pytest.mark.parametrize(
    "heading",
    [
        "## Fallen",
        "## Stolpersteine {#pitfals}",
        "## Stolpersteine {#Pitfalls}",
        "## Stolpersteine (#pitfalls)",
        "## Stolpersteine {pitfalls}",
        "## Stolpersteine {# pitfalls",
        "## Fallen {pitfalls}",
        "### Stolpersteine {#pitfalls}",
        "#### Stolpersteine {#pitfalls}",
        "# Stolpersteine {#pitfalls}",
        "### Stolpersteine",
        "**Stolpersteine**",
        "Stolpersteine:",
        "Stolpersteine\n-------------",
        "##Stolpersteine",
        " ## Stolpersteine {#pitfalls}",
        "\N{NO-BREAK SPACE}## Stolpersteine {#pitfalls}",
        "<!-- ## Stolpersteine {#pitfalls} -->",
        "```text\n## Stolpersteine {#pitfalls}",
        "```text\n## Stolpersteine {#pitfalls}\n```",
        "~~~",
    ],
)
def test_no_second_heading_where_the_first_one_is_misread(heading: str) -> None:
    data = files(first_de=("## Stolpersteine {#pitfalls}", heading))
    changed, _ = fixed(data)
    text = changed.get(FIRST, data[FIRST]).decode()
    assert text.count("\n## ") <= files()[FIRST].decode().count("\n## ")
    assert_nothing_new(data)


def code(text: str) -> Counter[str]:
    """Return the code in fences and between backticks in a text."""
    outline = read_outline(text)
    fenced = ("\n".join(outline.lines[fence.first + 1 : fence.last]) for fence in outline.fences)
    spans = (span for line in outline.lines for span in re.findall(r"(?<!`)`[^`]+`(?!`)", line) if "{#" not in span)
    return Counter([*fenced, *spans])


@pytest.mark.thorough
@pytest.mark.parametrize("family", FAMILIES, ids=lambda path: path.stem)
def test_no_mistake_is_made_worse_and_no_code_touched(family: Path) -> None:
    for mistake in yaml.safe_load(family.read_text(encoding="utf-8")):
        before = files_of_mistake(mistake).data
        for path, written in assert_nothing_new(before).items():
            kept = code(before.get(path, b"").decode("utf-8", "replace"))
            assert kept <= code(written.decode("utf-8", "replace")), mistake


def assert_nothing_new(data: dict[ContentPath, bytes]) -> dict[ContentPath, bytes]:
    """Assert that repairing adds no new problem, and that a second repair changes nothing.

    Returns the files that the repair changed.
    """
    changed, _ = fixed(data)
    if not changed:
        return {}
    more = messages(data | changed) - messages(data)
    assert not more, sorted(more)
    assert fixed(data | changed) == ({}, [])
    return changed


def messages(data: dict[ContentPath, bytes]) -> Counter[tuple[str, str]]:
    """Count the messages of `check` by file and code; an added heading without text is still a missing section."""
    same = {"empty-section": "missing-section"}
    found = check_files(data, follow_ups=True)
    return Counter((problem.place.file, same.get(problem.code, problem.code)) for problem in found)


@pytest.mark.thorough
@pytest.mark.parametrize("path", CASES, ids=name)
def test_no_case_is_made_worse(path: Path) -> None:
    assert_nothing_new(files_of(case_of(path)).data)


CHARACTERS = (
    "{",
    "}",
    "#",
    "`",
    "```\n",
    "~~~\n",
    "(",
    ")",
    "[",
    "]",
    "\n",
    "\t",
    '"',
    "*",
    "<!--",
    "-->",
    "---\n",
    "=",
    "|",
    ":",
)


def mutated(text: str, chance: random.Random) -> str:
    """Return a text with one to three random typos."""
    for _ in range(chance.randint(1, 3)):
        lines = text.split("\n")
        at, column = chance.randrange(len(text)), chance.randrange(len(lines))
        slip = chance.randrange(7)
        if slip == 0:
            text = text[:at] + text[at + chance.randint(1, 5) :]
        elif slip == 1:
            text = text[:at] + chance.choice(CHARACTERS) + text[at:]
        elif slip == 2:
            text = "\n".join((*lines[:column], *lines[column + 1 :]))
        elif slip == 3:
            text = "\n".join((*lines[:column], lines[column], *lines[column:]))
        else:
            headings = [index for index, line in enumerate(lines) if line.startswith("#")] or [0]
            index = chance.choice(headings)
            line = lines[index]
            lines[index] = (
                line.partition(" {")[0]
                if slip == 4
                else line.replace("##", "#", 1)
                if slip == 5
                else line.replace(chance.choice("{}#="), chance.choice(("", " ", "(", ")")), 1)
            )
            text = "\n".join(lines)
    return text


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(12))
def test_no_slip_of_the_hand_is_made_worse(seed: int) -> None:
    """Random typos in shipped texts, checked together with the rest of the content."""
    chance = random.Random(seed)
    data = {
        path: text
        for path, text in read_content_files(ROOT / "content").data.items()
        if not path.startswith(("guides/", "kit/", "programmes/", "tutorials/"))
        or path.startswith(("tutorials/find-p", "tutorials/listen", "tutorials/who"))
    }
    for path in chance.sample(sorted(entry for entry in data if entry.startswith(("tutorials", "levels"))), 3):
        data[path] = mutated(data[path].decode(), chance).encode()
    assert_nothing_new(data)


def test_line_ends_and_byte_order_mark_stay() -> None:
    data = files(first_de=("## Stolpersteine {#pitfalls}", "## Stolpersteine"))
    data[FIRST] = data[FIRST].replace(b"{#try minutes=10}", b"{#try}").replace(b"Zu viel", b'"Zu" viel')
    crlf = {path: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n") for path, text in data.items() if path == FIRST}
    plain, _ = fixed(data)
    changed, _ = fixed(data | crlf)
    assert changed[FIRST] == b"\xef\xbb\xbf" + plain[FIRST].replace(b"\n", b"\r\n")


def straight(*slugs: str) -> dict[ContentPath, bytes]:
    """Return the library with straight marks in some tutorials, whose translations are up to date."""
    edit = ("- Zu viel auf einmal.", '- "Zu" viel auf einmal.')
    data = files(**{f"{slug}_de": edit for slug in slugs})
    for slug in slugs:
        new = load(data).texts[TextKey("tutorial", slug, "de")].text.digest
        old = load(data).texts[TextKey("tutorial", slug, "en")].text.translates or ""
        path = ContentPath(f"tutorials/{slug}.en.md")
        data[path] = data[path].replace(old.encode(), new.encode())
    return data


def test_a_translation_of_a_mended_source_stays_current() -> None:
    data = straight("first")
    changed, notes = fixed(data)
    assert [note.split()[1] for note in notes] == ["quotes", "still-current"]
    after = load(data | changed).texts
    german, english = (after[TextKey("tutorial", "first", language)].text for language in ("de", "en"))
    assert english.translates == german.digest


def test_a_translation_that_was_behind_stays_behind() -> None:
    changed, _ = fixed(files(first_de=("- Zu viel auf einmal.", '- "Viel" auf einmal.')))
    assert list(changed) == [FIRST]


def test_only_the_files_named_are_mended() -> None:
    changed, _ = fixed(straight("first", "second"), {ShownPath("content/tutorials/second.de.md")})
    assert set(changed) == {"tutorials/second.de.md", "tutorials/second.en.md"}


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("de", 'Er sagt "ja" und "nein".', "Er sagt „ja“ und „nein“."),
        ("en", 'She said "yes" and (“no”).', "She said “yes” and (“no”)."),
        ("de", 'Er sagt „ja" und geht.', "Er sagt „ja“ und geht."),
        ("de", '**"Muss das sein?"** Nein.', "**„Muss das sein?“** Nein."),
        ("de", '> "Wozu\n> das?"', "> „Wozu\n> das?“"),
        ("en", "It's Jo's, isn't it?", "It’s Jo’s, isn’t it?"),
        ("en", "the dogs' rock 'n' roll", "the dogs' rock 'n' roll"),
        ("de", '| "a" | "b" |', "| „a“ | „b“ |"),
        ("de", '- "a\n- b"', '- "a\n- b"'),
        ("de", 'ein 24" und ein 27" großer Bildschirm', 'ein 24" und ein 27" großer Bildschirm'),
        ("de", 'offen "bleibt', 'offen "bleibt'),
        ("de", 'im `"Code"` nicht, "hier" schon', 'im `"Code"` nicht, „hier“ schon'),
        ("de", '```\n"a"\n```\n\n"b"', '```\n"a"\n```\n\n„b“'),
        ("de", '~~~\n```\n"a"\n~~~\n\n"b"', '~~~\n```\n"a"\n~~~\n\n„b“'),
        ("de", '````\n```\n"a"\n````\n\n"b"', '````\n```\n"a"\n````\n\n„b“'),
        ("de", '- Punkt\n\n    ~~~\n    "a"\n    ~~~\n\n"b"', '- Punkt\n\n    ~~~\n    "a"\n    ~~~\n\n„b“'),
        ("de", '<!-- "a" -->\n\n"b"', '<!-- "a" -->\n\n„b“'),
        ("de", '    "Code"\n\n"b"', '    "Code"\n\n„b“'),
        ("de", '- Punkt\n\n    "weiter"', "- Punkt\n\n    „weiter“"),
        ("de", '!!! note "Titel"\n    Ein "Wort".', '!!! note "Titel"\n    Ein „Wort“.'),
        ("de", '[a](b.de.md "Titel") und "c"', '[a](b.de.md "Titel") und „c“'),
        ("de", '## "Titel" {#a minutes="5"}', '## „Titel“ {#a minutes="5"}'),
        ("de", 'nicht \\"so\\"', 'nicht \\"so\\"'),
        ("fr", '"a"', '"a"'),
    ],
)
def test_marks_are_set_where_it_is_plain(language: str, before: str, after: str) -> None:
    assert typographic_quotes(before, language, 1) == after
    assert typographic_quotes(after, language, 1) == after


def test_front_matter_keeps_its_quotes() -> None:
    data = files(first_de=("title: Tutorial first", 'title: "Tutorial: first"'))
    assert fixed(data) == ({}, [])
