"""The worst allowed texts are checked and rendered within a CPU-time limit.

The limits refuse most of these texts; those of `just_below` are what the limits let through.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from stufenweise.source.files.decoding import MAX_TEXT_BYTES
from stufenweise.source.files.text_limits import MAX_BLOCK, MAX_COLUMNS, MAX_DEPTH, MAX_HEADINGS, MAX_LINE, MAX_OF_ONE

from .hostile_texts import tutorial

pytestmark = pytest.mark.posix

TESTS = Path(__file__).parent.parent
ROOM = MAX_TEXT_BYTES - 4096
LINE = MAX_LINE - 1


def filled(unit: str) -> str:
    """Return `unit` as often as it fits into a file."""
    return unit * (ROOM // len(unit.encode()))


def just_below(character: str) -> int:
    """Return how often a case may use a character on top of the library's own."""
    return MAX_OF_ONE[character] - 60


HUGE = {
    **{f"only {character}": filled(character) for character in "[*`>&<_|{(!#~\\"},
    **{f"lines of {character}": filled(f"{character}\n") for character in "[*`><|#-:="},
    **{f"paragraphs of {character}": filled(f"{character} a\n\n") for character in "[*`><&|-"},
    "one line": filled("a"),
    "one line of spaces": filled(" "),
    "deep list": "\n".join(" " * (4 * level) + "- a" for level in range(240)),
    "links": filled("[a](second.de.md) "),
    "links that lead nowhere": filled("[a](secnod.de.md)\n\n"),
    "pictures": filled("![a](b.png)\n\n"),
    "open links": filled("[a]("),
    "entities": filled("&amp;"),
    "addresses": filled("<https://a.example>"),
    "comments": filled("<!--"),
    "elements": filled("<b>"),
    "attribute lists": filled("*a*{: b=c }\n"),
    "tables": filled("| a | b |\n|---|---|\n| c | d |\n\n"),
    "sections": filled("## a {#b}\n\n"),
    "steps": filled("### a {#b minutes=1}\n\nc\n\n"),
    "fences": filled("```\na\n```\n\n"),
    "open fences": filled("````\n~~~\n"),
    "boxes": filled('!!! tip "a"\n    b\n\n'),
    "boxes in boxes": "\n".join(" " * (4 * level) + '!!! tip "a"' for level in range(240)),
    "words": filled("{{ network }} "),
    "open words": filled("{{ "),
    "statements": filled("{% a %}"),
    "definitions": filled("[a]: b\n"),
}
BELOW = {
    **{f"apart {character}": f"{character}a " * min(just_below(character), LINE // 3) for character in MAX_OF_ONE},
    **{f"together {character}": character * min(just_below(character), LINE) for character in MAX_OF_ONE},
    **{f"paragraphs of {character}": f"{character}a\n\n" * min(just_below(character), 400) for character in MAX_OF_ONE},
    "emphasis that never ends": "*a **b _c __d " * 300,
    "emphasis in emphasis": "*a **" * 300 + "b" + "** c*" * 190,
    "open ticks of every length": " ".join("`" * length for length in range(1, 32)),
    "links": "[a](second.de.md)\n\n" * just_below("["),
    "links that lead nowhere": "[a](secnod.de.md)\n\n" * just_below("["),
    "brackets in brackets": ("[" * 19 + "]" * 19 + " ") * 15,
    "open links": "[a](" * 19,
    "titles": '[a](b "' * 19 + "c" * 2000,
    "long line": "a" * LINE,
    "long line of spaces": "a" + " " * LINE + "b",
    "lines as long as can be": ("a " * (LINE // 2) + "\n\n") * 11,
    "long block": "a b\n" * (MAX_BLOCK // 4 - 20),
    "list": "- a\n" * 800,
    "numbered list": "1. a\n" * 800,
    "deep list": "\n".join(" " * (4 * level) + "- a" for level in range(MAX_DEPTH)),
    "deep lists": "\n\n".join(" " * (4 * (level % MAX_DEPTH)) + "- a" for level in range(400)),
    "quotes": "> > > > a\n" * 700,
    "wide table": "|a" * MAX_COLUMNS + "\n" + "|-" * MAX_COLUMNS + "\n" + "|b|c\n" * 300,
    "long table": "|a|b\n|-|-\n" + "|c|d\n" * 600,
    "headings": "### a\n" * (MAX_HEADINGS - 20),
    "fences": "```\na\n```\n\n" * 85,
    "fences of tildes": "~~~\na\n~~~\n\n" * 220,
    "fences that Markdown does not see": "~~~ a b\nc\n~~~\n" * 290 + "\n  ~~~\n## d {#e}\n  ~~~\n",
    "fences with attributes": "~~~ {.py a=b c=d}\ne\n~~~\n\n" * 200,
    "boxes": '!!! tip "a"\n    b\n\n' * 300,
    "boxes in boxes": "\n\n".join(" " * (4 * level) + '!!! tip "a"' for level in range(MAX_DEPTH)),
    "folds without a title": "??? tip\n    b\n\n" * 300,
    "attribute lists": "*a*{: b=c }\n\n" * 400,
    "attributes in one list": "a\n{: " + "b=c " * 1200 + "}",
    "open attribute lists": "*a*{: b" * 450,
    "words": "{{ network }} a\n\n" * 230,
    "comments": "<!-- a\n\n" * 19,
    "elements of many kinds": "\n\n".join(f"<a{number}>" for number in range(95)),
}


@pytest.fixture(scope="module")
def judging() -> Iterator[subprocess.Popen[bytes]]:
    """Return the process that judges texts."""
    path = os.pathsep.join([str(TESTS.parent), str(TESTS), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "safety.bounded"]
    environ = {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def judged(judging: subprocess.Popen[bytes], text: str) -> tuple[int, str]:
    """Return the exit code and output of the judging process."""
    data = tutorial(text)[0].encode()
    assert len(data) <= MAX_TEXT_BYTES
    assert judging.stdin
    assert judging.stdout
    judging.stdin.write(f"{len(data)}\n".encode() + data)
    judging.stdin.flush()
    answer = json.loads(judging.stdout.readline())
    return answer["code"], answer["said"][-2000:]


def test_a_text_that_takes_longer_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    from . import bounded

    monkeypatch.setattr(bounded, "SECONDS", 1)
    monkeypatch.setattr(bounded, "judge", lambda _: all(iter(lambda: True, False)))
    assert bounded.judge_in_a_fork(b"")[0] < 0


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_a_file_full_of_one_thing_is_judged_within_the_bound(judging: subprocess.Popen[bytes], text: str) -> None:
    code, said = judged(judging, text)
    assert code == 0, said


@pytest.mark.parametrize("text", BELOW.values(), ids=BELOW)
def test_texts_just_below_the_limits_are_checked_within_the_bound(judging: subprocess.Popen[bytes], text: str) -> None:
    code, said = judged(judging, text)
    assert code == 0, said
