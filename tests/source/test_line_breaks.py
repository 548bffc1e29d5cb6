"""Words that belong together are not split over two lines, on pages and on paper."""

from __future__ import annotations

import pytest
from stufenweise.handouts.markdown_tree import LinkContext, markdown_tree
from stufenweise.source.markdown.line_breaks import html_with_no_break_spaces, with_no_break_spaces


@pytest.mark.parametrize(
    "shown",
    [
        "z.~B. heute, i.~d.~R. morgen, e.~g. never",
        "Nr.~5, §~26 Abs.~3, S.~12, ca.~40",
        "10~Min. von 60~min, um 10:30~Uhr, 5~% von 3~Mio., at 10~a.m.",
        "noch {n}~Min., {n} von {m}",
        "am 7.~Dezember, im 2.~Termin, on 7~December, by Dec.~7, 2026",
        "2. Im Jahr 2026. Danach Vitamin B. Das ist alles, u.a. das, 3 Leute und 5 Minuten",
    ],
)
def test_spaces_that_end_no_line_are_found_and_no_others(shown: str) -> None:
    assert with_no_break_spaces(shown.replace("~", " ")).replace("\N{NO-BREAK SPACE}", "~") == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("Eine E-Mail-Adresse", 'Eine <span class="whole">E-Mail</span>-Adresse'),
        ("<td>(E-Mails)</td>", '<td>(<span class="whole">E-Mails</span>)</td>'),
        ("Einblicke &amp; -Prinzipien", 'Einblicke &amp; <span class="whole">-Prinzipien</span>'),
        ("10 - 20, zwei -- drei, mit --pairs und -n", "10 - 20, zwei -- drei, mit --pairs und -n"),
        ("Social-Media-App, Ein- und Ausgang", "Social-Media-App, Ein- und Ausgang"),
        ('<a href="E-Mail.pdf" title="a > z. B. x">das</a>', '<a href="E-Mail.pdf" title="a > z. B. x">das</a>'),
        ("<pre><code>E-Mail 5 m</code></pre><!-- z. B. -->", "<pre><code>E-Mail 5 m</code></pre><!-- z. B. -->"),
    ],
)
def test_words_that_are_not_broken_at_their_hyphen_are_marked_in_running_text(html: str, shown: str) -> None:
    assert html_with_no_break_spaces(html) == shown


def test_paper_keeps_the_same_together() -> None:
    (tree,) = markdown_tree(["Per E-Mail, z. B. heute, `E-Mail`"], LinkContext("", lambda _: ""))
    code = {"kind": "code", "children": ["E-Mail"]}
    gap = "\N{NO-BREAK SPACE}"
    whole = {"kind": "whole", "children": ["E-Mail"]}
    assert tree == [{"kind": "p", "children": ["Per ", whole, f", z.{gap}B. heute, ", code]}]
