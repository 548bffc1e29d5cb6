"""Text that only begins like HTML is shown unchanged, and nothing else in its text changes."""

from __future__ import annotations

import pytest
from stufenweise.source.markdown.markdown_rendering import markdown_to_html

ABOVE = "Ein Satz davor.\n\n" * 20
BELOW = """

- <input type="checkbox" id="a"> <label for="a">Los; gleich</label>

??? note "Nachlesen"

    ### Ziele {#goals}

    - <a href="../goals/">Ziel</a>
"""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("R&# und", "<p>R&amp;# und</p>"),
        ("&## und", "<p>&amp;## und</p>"),
        ("&#x und", "<p>&amp;#x und</p>"),
        ("`&#` im Code", "<p><code>&amp;#</code> im Code</p>"),
        ("    &# im Code", '<pre class="highlight"><code>&amp;# im Code</code></pre>'),
        ("~~~\n&#\n~~~", '<pre class="highlight"><code>&amp;#</code></pre>'),
        ("<b>&#;</b>", "<p><b>&amp;#;</b></p>"),
        ("<![CDATA[ und", "<p>&lt;![CDATA[ und</p>"),
        ("Ein <? und", "<p>Ein &lt;? und</p>"),
        ("Ein <a und", "<p>Ein &lt;a und</p>"),
        ("&#8230; und &#x2026;", "<p>&#8230; und &#x2026;</p>"),
    ],
)
def test_a_text_is_whole_behind_the_character(text: str, html: str) -> None:
    below = markdown_to_html(f"{ABOVE}Ohne.{BELOW}").partition("<p>Ohne.</p>")[2]
    shown = markdown_to_html(f"{ABOVE}{text}{BELOW}").rpartition("<p>Ein Satz davor.</p>\n")[2]
    assert shown.replace("\n</code>", "</code>") == html + below
