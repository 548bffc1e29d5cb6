"""Write a random corpus of N tutorials, the same for the same seed: as our content, and as a stock MkDocs project.

python benchmarks/corpus.py N FOLDER [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
from pathlib import Path

from stufenweise.load.loader import load_content
from stufenweise.source.files.content_files import read_content_files
from stufenweise.source.yaml.front_matter import text_digest

SHIPPED = Path(__file__).parent.parent / "content"
WORDS = {
    "de": [
        "Team",
        "Woche",
        "Beitrag",
        "Frage",
        "Antwort",
        "Stelle",
        "Bereich",
        "Termin",
        "Gruppe",
        "Ergebnis",
        "Liste",
        "Thema",
        "Suche",
        "Seite",
        "Person",
        "öffnen",
        "prüfen",
        "schreiben",
        "lesen",
        "fragen",
        "ordnen",
        "zeigen",
        "wählen",
        "notieren",
        "besprechen",
        "einstellen",
        "finden",
        "gemeinsam",
        "kurz",
        "klar",
        "offen",
        "neu",
        "ruhig",
        "danach",
        "zuerst",
        "heute",
        "morgen",
        "immer",
        "selten",
        "ohne",
        "mit",
        "für",
        "und",
        "oder",
        "aber",
        "weil",
        "wenn",
        "dann",
        "dort",
        "hier",
    ],
    "en": [
        "team",
        "week",
        "post",
        "question",
        "answer",
        "desk",
        "area",
        "date",
        "group",
        "result",
        "list",
        "topic",
        "search",
        "page",
        "person",
        "open",
        "check",
        "write",
        "read",
        "ask",
        "sort",
        "show",
        "choose",
        "note",
        "discuss",
        "set",
        "find",
        "together",
        "short",
        "clear",
        "public",
        "new",
        "calm",
        "then",
        "first",
        "today",
        "tomorrow",
        "always",
        "rarely",
        "without",
        "with",
        "for",
        "and",
        "or",
        "but",
        "because",
        "when",
        "there",
        "here",
    ],
}
SECTIONS = {
    "de": ("Worum es geht", "Danach gelingt", "Ablauf", "Checkliste", "Darüber sprechen", "Stolpersteine", "Nächster Schritt", "Für die Mentorin, den Mentor"),
    "en": ("What this is about", "After this you can", "Steps", "Checklist", "Talk about it", "Pitfalls", "Next step", "For the mentor"),
}  # fmt: skip
GUIDANCE = {"de": ("Tun", "Fragen", "Achten"), "en": ("Do", "Ask", "Watch")}
IDS = ("why", "learning-goals", "steps", "checklist", "talk", "pitfalls", "next", "mentor")


class Author:
    """Writes random sentences, the same for the same seed."""

    def __init__(self, seed: int, language: str, terms: list[str]) -> None:
        self.random = random.Random(seed)
        self.language = language
        self.terms = terms

    def sentence(self) -> str:
        words = self.random.choices(WORDS[self.language], k=self.random.randint(7, 14))
        if self.random.random() < 0.1:
            words.append(self.random.choice(self.terms))
        return " ".join(words).capitalize() + "."

    def paragraph(self, count: int) -> str:
        return " ".join(self.sentence() for _ in range(count))

    def guidance(self) -> str:
        """Return a step's three lines for the mentor."""
        do, ask, watch = GUIDANCE[self.language]
        return (
            f"- **{do}:** {self.sentence()}\n- **{ask}:** “{self.sentence()[:-1]}?”\n- **{watch}:** {self.sentence()}"
        )

    def body(self, number: int, count: int, minutes: tuple[int, ...]) -> str:
        """Return the body of a tutorial: about 500 words, and a section for the mentor."""
        heads = dict(zip(IDS, SECTIONS[self.language], strict=True))
        steps = "\n\n".join(
            f"### {self.sentence()[:-1]} {{#step-{index} minutes={length} short=3}}\n\n{self.paragraph(1)}\n\n{self.paragraph(4)}\n\n"
            f"1. {self.sentence()}\n2. {self.sentence()}\n\n{self.guidance()}"
            for index, length in enumerate(minutes)
        )
        items = "\n".join(f"- [ ] {self.sentence()[:-1]} {{#item-{index}}}" for index in range(4))
        other = self.random.randrange(count)
        word = "{{ network.dative }}" if self.language == "de" else "{{ network }}"
        parts = {
            "why": f"{self.paragraph(2)}\n\n{self.paragraph(2)} {word}. [{self.sentence()[:-1]}](tutorial-{other:04}.{self.language}.md)\n\n> {self.sentence()}",
            "learning-goals": f"- {self.sentence()}\n- {self.sentence()}",
            "steps": steps,
            "checklist": items,
            "talk": f"- {self.sentence()}\n- {self.sentence()}",
            "pitfalls": f"- {self.sentence()}\n- {self.sentence()}",
            "next": self.paragraph(2),
            "mentor": f"### {self.sentence()[:-1]} {{#questions}}\n\n{self.paragraph(16)}",
        }  # fmt: skip
        return "\n\n".join(f"## {heads[part]} {{#{part}}}\n\n{text}" for part, text in parts.items()) + "\n"


def write_corpus(count: int, folder: Path, seed: int = 1) -> None:
    """Write a content folder with `count` tutorials in German and English; the rest is the package's content."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SHIPPED, folder)
    shutil.rmtree(folder / "tutorials")
    (folder / "tutorials").mkdir()
    # It names tutorials of the package
    (folder / "self-check.yml").unlink()
    for path in folder.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        language = path.name.split(".")[1]
        for slug in sorted(file.name.split(".")[0] for file in (SHIPPED / "tutorials").glob("*.de.md")):
            text = text.replace(f"tutorials/{slug}.{language}.md", f"tutorials/tutorial-0000.{language}.md")
        if "\nplan:\n" in text:
            head, _, rest = text.partition("plan:\n")
            text = head + re.sub(r"\A(?:  - .*\n)+", "", rest)
        path.write_text(text, encoding="utf-8")
    terms = load_content(read_content_files(SHIPPED), ("de", "en")).data.terms
    authors = {
        language: Author(seed, language, [texts[language].term for texts in terms.values()])
        for language in ("de", "en")
    }
    for number in range(count):
        level = number * 5 // count + 1
        orientation = ("operational", "strategic", "both")[number % 3]
        before = f"tutorial-{number - 1:04}" if number % 3 else ""
        facts = (
            f"level: {level}\norientation: {orientation}\neffort: {level}\nminutes: 30\n"
            f"goals: [O{number % 8 + 1}, S{number % 7 + 1}]\nrequires: [{before}]\n"
            "reviewed: 2026-11-23\nreview_months: 24\n"
        )
        source = ""
        for language, author in authors.items():
            title, summary = f"{author.sentence()[:-1]} {number}", author.sentence()
            body = f"\n{author.body(number, count, (5, 10, 10, 5))}"
            own = facts if language == "de" else f"translates: {source}\n"
            source = source or text_digest(title, summary, body)
            text = f"---\ntitle: {title}\nsummary: {summary}\n{own}---\n{body}"
            (folder / "tutorials" / f"tutorial-{number:04}.{language}.md").write_text(text, encoding="utf-8")


def write_stock(content: Path, folder: Path, language: str) -> None:
    """Write the same tutorials as a plain MkDocs project with stock Material, one language, one page each."""
    docs = folder / "docs"
    shutil.rmtree(folder, ignore_errors=True)
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Start\n", encoding="utf-8")
    for (kind, slug, code), file in sorted(load_content(read_content_files(content), ("de", "en")).texts.items()):
        if kind == "tutorial" and code == language:
            body = file.body.replace(f".{language}.md", ".md").replace(" minutes=", " data-minutes=")
            (docs / f"{slug}.md").write_text(f"# {file.text.title}\n\n{body}", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        f"site_name: Stock\ntheme: {{name: material, language: {language}, font: false, features: [navigation.prune]}}\n"
        "markdown_extensions: [attr_list, tables, admonition, def_list, sane_lists, {toc: {permalink: true}}, "
        "pymdownx.details, pymdownx.superfences]\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_corpus(given.count, given.folder, given.seed)
