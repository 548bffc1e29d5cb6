"""The sanitiser lets our own pages through as they are, and nothing else."""

from __future__ import annotations

import pytest
from stufenweise.render.sanitiser import sanitise

from .hostile_texts import faults

OURS = {
    "box": '<ul>\n<li><input type="checkbox" id="check-a-b" data-item="tutorials/a/b"> '
    '<label for="check-a-b">Do <em>it</em></label></li>\n</ul>',
    "fold": '<details class="mentor">\n<summary>For the mentor</summary>\n<p>a</p>\n</details>',
    "open fold": '<details class="note" open="open">\n<summary>a</summary>\n</details>',
    "box of the theme": '<div class="admonition tip">\n<p class="admonition-title">a</p>\n<p>b</p>\n</div>',
    "code": '<pre class="highlight"><code class="language-html">&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>',
    "table": '<div class="table-scroll"><table class="tutorials" data-sortable=""><caption>a</caption><thead><tr>'
    '<th scope="col">b</th></tr></thead><tbody><tr aria-current="true"><th scope="row"><a href="../a/">c</a></th>'
    '<td data-value="3" colspan="2">d</td></tr></tbody></table></div>',
    "facts": '<dl class="facts" data-facts=""><div><dt>a</dt><dd><span class="effort" data-effort="2">'
    '<span class="effort__marks" aria-hidden="true">●●○</span> b</span></dd></div></dl>',
    "way": '<nav class="breadcrumb" aria-label="Way"><ol><li><a href="../">a</a></li></ol></nav>',
    "neighbours": '<nav class="steps-nav"><ul><li><a rel="prev" href="../a/" lang="de">a</a></li></ul></nav>',
    "term": '<p>In the <a class="term" href="#term-community" title="People &amp; a topic.">community</a></p>',
    "chart": '<figure class="chart"><svg viewBox="0 0 640 480" role="img" aria-labelledby="a b" '
    'xmlns="http://www.w3.org/2000/svg"><title id="a">c</title><desc id="b">d</desc><g class="e" '
    'transform="translate(1,2)"><line x1="0" y1="0" x2="1" y2="1" stroke-width="2"></line><circle cx="1" cy="2" r="3">'
    '</circle><text x="1" y="2" text-anchor="middle">f</text></g></svg><figcaption>g</figcaption></figure>',
    "links": '<p><a href="https://a.example/b?c=1&amp;d=2#e">a</a> <a href="mailto:a@b.example">b</a> '
    '<a href="tel:+49123">c</a> <a href="second.md#why">d</a></p>',
    "image": '<p><img alt="A circle" src="images/circle.svg"></p>',
    "inline": "<p><kbd>a</kbd><sub>b</sub><sup>c</sup><small>d</small><mark>e</mark><del>f</del><ins>g</ins><br></p>",
    "lists": '<ol start="3">\n<li>a</li>\n</ol>\n<dl>\n<dt>b</dt>\n<dd>c</dd>\n</dl>\n<hr>\n'
    "<blockquote>\n<p>d</p>\n</blockquote>",
}


@pytest.mark.parametrize("html", OURS.values(), ids=OURS)
def test_html_of_our_own_pages_passes_unchanged(html: str) -> None:
    assert sanitise(html) == html
    assert faults(html) == []


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<h2 id="a">A<a class="headerlink" href="#a" title="b">¶</a></h2>',
         '<h2 id="a">A<a class="headerlink" tabindex="-1" aria-hidden="true" href="#a" title="b">¶</a></h2>'),
        ('<td style="text-align: right;">a</td>', "a"),
        ("<table><tbody><tr><td style=\"text-align: right;\">a</td></tr></tbody></table>",
         '<table><tbody><tr><td class="align-right">a</td></tr></tbody></table>'),
        ('<p style="color: red" onclick="a()">a</p>', "<p>a</p>"),
        ("a<script>alert(1)</script>b", "ab"),
        ("<style>a{}</style><template><b>c</b></template>d", "d"),
        ("a<!-- b -->c", "ac"),
        ('<input name="a" value="b" autofocus onfocus="c()">', '<input type="checkbox">'),
        ('<input type="image" src="https://x.example/a">', '<input type="checkbox">'),
        ('<img src="https://x.example/a.png" alt="a">', '<img alt="a">'),
        ('<img src="/&#9;/x.example/a.png" alt="a">', '<img alt="a">'),
        ('<img src="\\\\x.example\\a.png" alt="a">', '<img alt="a">'),
        ('<img src="ht&#10;tps:x.example/a" alt="a">', '<img alt="a">'),
        ('<img src="a.png" srcset="https://x.example/a.png 2x" alt="a">', '<img src="a.png" alt="a">'),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="&#1;java&#10;script:alert(1)" ping="https://x.example">a</a>', "<a>a</a>"),
        ('<a rel="alternate" href="https://x.example/">a</a>', '<a href="https://x.example/">a</a>'),
        ('<div id="__config">{}</div>', "<div>{}</div>"),
        ('<label for="__search">a</label>', "<label>a</label>"),
        ('<pre class="mermaid"><code>a</code></pre>', "<pre><code>a</code></pre>"),
        ('<pre class="highlight mermaid"><code>a</code></pre>', '<pre class="highlight"><code>a</code></pre>'),
        ('<a data-md-component="source" href="https://github.com/a/b">c</a>', '<a href="https://github.com/a/b">c</a>'),
        ('<p title="&lt;img src=x onerror=alert(1)&gt;">a</p>', "<p>a</p>"),
        ('<svg><rect fill="url(https://x.example/a#b)"></rect></svg>', "<svg><rect></rect></svg>"),
        ('<svg><use href="https://x.example/a.svg#b"></use><a href="javascript:a"></a></svg>', "<svg><a></a></svg>"),
        ('<svg><animate attributeName="href" to="javascript:a"></animate><set></set></svg>', "<svg></svg>"),
        ("<svg><foreignObject><b>a</b></foreignObject></svg>", "<svg></svg>"),
        ("<object data=a></object><embed src=b><iframe srcdoc=c></iframe>d", "d"),
        ("<base href=a><form action=b><button formaction=c>d</button></form>", "d"),
        ("<p>a", "<p>a</p>"),
    ],
)  # fmt: skip
def test_html_that_runs_or_fetches_is_removed(html: str, clean: str) -> None:
    assert sanitise(html) == clean
    assert faults(clean) == []


@pytest.mark.parametrize(
    "html",
    [
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>",
        "<form><math><mtext></form><form><mglyph><svg><mtext><textarea><path id=\"</textarea>"
        "<img onerror=alert(1) src=1>\">",
        "<svg><desc><![CDATA[</desc><img src=x onerror=alert(1)>]]></desc></svg>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<select><template><img src=x onerror=alert(1)></template></select>",
        "<p id=\"a\"\x00onclick=alert(1)>", "<img src=x:x onerror\x0c=alert(1)>", "<a href=\"&#x6a;&#x61;vascript:a\">",
        "<svg/onload=alert(1)//", "<!--><img src=x onerror=alert(1)>-->",
        "<?xml ?><script>a</script>", "</script><script>a",
    ],
)  # fmt: skip
def test_html_that_changes_when_it_is_read_again_does_not_run(html: str) -> None:
    clean = sanitise(html)
    assert faults(clean) == []
    assert sanitise(clean) == clean
