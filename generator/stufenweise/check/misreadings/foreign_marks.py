"""Table of other programs' inline marks, each with its replacement.

The page would show marks of wikis, LaTeX, word processors, note programs, chat assistants and other kinds of Markdown
as plain text. A mark that only its author can interpret has no replacement.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote

from stufenweise.source.files.disk_paths import disk_path

Replacement = Callable[[re.Match[str]], str | None]


class ForeignMark(NamedTuple):
    """A mark of another program and its replacement."""

    code: str
    """Code of the problem; empty if another rule reports it."""
    quick_text: str
    """Text that every match contains: lines without it are skipped without running the pattern."""
    pattern: re.Pattern[str]
    """That of a frequent mark begins with the mark, which Python finds fast; what may not stand before it follows."""
    replacement: Replacement
    """Returns the replacement; None if only the author knows it."""
    searches_code: bool = False
    """Whether the mark contains backticks, so that code spans are searched too."""


def _mark(
    code: str, quick_text: str, pattern: str, replacement: Replacement, *, searches_code: bool = False
) -> ForeignMark:
    return ForeignMark(code, quick_text, re.compile(pattern), replacement, searches_code)


def _inner(match: re.Match[str]) -> str:
    return match["words"]


def _gone(_: re.Match[str]) -> str:
    return ""


def _unknown(_: re.Match[str]) -> None:
    return None


def _words(before: str, after: str | None = None) -> Replacement:
    """Return a replacement that puts the words between `before` and `after` (by default, `before` again)."""
    end = before if after is None else after
    return lambda match: f"{before}{match['words'].strip()}{end}"


def _link(match: re.Match[str]) -> str:
    return f"[{match['words'].strip()}]({match['target']})"


def _led_to(match: re.Match[str]) -> str:
    """Return the target of a redirect that a mail filter or office program wrote."""
    address = unquote(match["words"])
    return address if re.fullmatch(r"https?://[^\s()<>]+", address) else match[0]


def _unsized(match: re.Match[str]) -> str:
    return f"![{match['words'].strip()}]{match['rest']}"


def _disk(match: re.Match[str]) -> str:
    return f"{match['name'].strip()} (`{disk_path(match['words'])}`)"


def _apostrophe(match: re.Match[str]) -> str:
    return f"{match['before']}’{match['after']}"


def _phone(match: re.Match[str]) -> str:
    number = re.sub("[^+0-9]", "", match["words"].replace("(0)", ""))
    return f"[{match['name']}](tel:{number})"


def _keys(match: re.Match[str]) -> str:
    return "+".join(f"<kbd>{key.capitalize()}</kbd>" for key in match["words"].split("+"))


def _element(names: str, replacement: Replacement) -> ForeignMark:
    """Return the mark for HTML elements that hold only text; another rule reports the element."""
    start, words = rf"<(?P<name>{names})(?:\s[^<>\n]*)?>", r"(?P<words>[^<>\n]*\S[^<>\n]*)"
    return ForeignMark("", "</", re.compile(f"(?i:{start}){words}(?i:</(?P=name)>)"), replacement)


TARGET = r"(?:https?://|mailto:|(?:\.\./|[\w-]+/)*[\w-]+\.[a-z]{2}\.md)[^\s()]*"
"""Address of a web page or of a text of this content."""
_ENDINGS = "s|n|m|ne|nem|nen|ner|re|ve|ll|t|d"
"""Endings after an apostrophe in German and English."""
_SIGNS = {"\uf0e0": "→", "\uf0e8": "→", "\uf0df": "←", "\uf0fc": "✓", "\uf04a": "🙂", "\uf04c": "🙁"}
"""Characters of Wingdings and Symbol, as copied from a word processor, with the signs that they show."""


def _sign(match: re.Match[str]) -> str:
    return _SIGNS[match[0]]


_MACROS = "info|note|tip|warning|panel|code|color|expand|toc|quote|noformat|excerpt|status"
_MACROS += "|anchor|children|include|attachments|gallery|section|column|profile|livesearch|pagetree|drawio"
_FIELDS = "TOC|HYPERLINK|REF|PAGEREF|PAGE|NUMPAGES|SEQ|MERGEFIELD|INCLUDEPICTURE|STYLEREF"
"""Fields that a word processor fills in."""
_LATEX = (
    "begin|end|item|newpage|pagebreak|clearpage|ref|autoref|pageref|cite[tp]?|label|footnote|caption|(?:sub)*section"
    "|paragraph|chapter|url|href|includegraphics|centering|noindent|[hv]space|[hv]fill"
)

FOREIGN_MARKS: tuple[ForeignMark, ...] = (
    # Leftovers of programs, without meaning here
    _mark("export-left", "【", r"[ ]?【[^【】\n]{1,60}】", _gone),
    _mark(
        "export-left",
        "cite",
        r"[ ]?[\ue200-\ue2ff]?(?:file)?cite[\ue200-\ue2ff]?(?:turn\d{1,3}[a-z]+\d{1,3}[\ue200-\ue2ff]?)+",
        _gone,
    ),
    _mark("export-left", "[cite", r"[ ]?\[cite(?:_start|_end|:[ \d,]+)\]", _gone),
    _mark("export-left", ":contentReference", r"[ ]?:contentReference\[[^\[\]\n]*\](?:\{[^{}\n]*\})?", _gone),
    _mark(
        "export-left",
        "utm_source",
        r"(?P<before>[?&])utm_source=(?:chatgpt\.com|openai)(?P<after>&?)",
        lambda match: match["before"] if match["after"] else "",
    ),
    _mark("export-left", "{jira:", r"\{jira:(?:key=)?(?P<words>[A-Z][A-Z0-9]*-\d+)[^{}\n]*\}", _inner),
    _mark(
        "export-left", "{status:", r"(?<!\{)\{status:(?:[^{}\n]*\|)?title=(?P<words>[^{}|\n]+)[^{}\n]*\}(?!\})", _inner
    ),
    _mark("export-left", "}", rf"\{{(?<!\{{\{{)(?:{_MACROS})(?::[^{{}}\n]*)?\}}(?!\}})", _gone),
    _mark("export-left", "^", r"[ \t]+\^[a-z0-9][a-z0-9-]*$", _gone),
    _mark("export-left", " #", r"(?<=[.!?…“”])[ \t]+#[^\W\d][\w/-]*(?:[ \t]+#[^\W\d][\w/-]*)*[ \t]*$", _gone),
    _mark("other-markup", " #", r"(?<=[ \t])#[^\W\d][\w-]*/[\w/-]*\w", _unknown),
    _mark("export-left", "{", rf"\{{[ ]?(?:{_FIELDS})\b[^{{}}\n]*\}}", _unknown),
    _mark(
        "export-left",
        "safelinks.",
        r"https://[\w.-]*safelinks\.[\w.-]+/\?url=(?P<words>[^&\s()<>]+)[^\s()<>]*",
        _led_to,
    ),
    _mark(
        "export-left",
        "google.",
        r"https://www\.google\.[a-z.]+/url\?(?:[^\s()<>&]*&)*?(?:q|url)=(?P<words>[^&\s()<>]+)[^\s()<>]*",
        _led_to,
    ),
    _mark("export-left", "{", r"^[ ]{0,3}\{(?:[ ]?\.[\w-][^{}\n]*|:toc|::[\w-][^{}\n]*)\}[ \t]*$", _gone),
    _mark("export-left", "]{", r"(?<!!)\[(?P<words>[^\[\]\n]*)\]\{[^{}\n]*\}", _words("")),
    _mark("attributes-left", "|", r"!\[(?P<words>[^\[\]|\n]+)\|\d{1,4}(?:x\d{1,4})?\](?P<rest>\([^()\n]*\))", _unsized),
    _mark(
        "attributes-left",
        "![",
        r"(?P<image>!\[[^\[\]\n]*\]\([^()\n]*\))[ ]?\{:?[^{}\n]*\}",
        lambda match: match["image"],
    ),
    _mark(
        "export-left",
        ".md-",
        r"(?P<link>\[[^\[\]\n]*\]\([^()\n]*\))[ ]?\{:?[ ]?\.md-[^{}\n]*\}",
        lambda match: match["link"],
    ),
    # Undecided changes: only the author knows which version is valid.
    _mark("other-markup", "{", r"\{(?:\+\+|--|~~|>>|==)[^{}\n]*(?:\+\+|--|~~|<<|==)\}", _unknown),
    _mark("other-markup", "<%", r"<%[^%\n]*%>", _unknown),
    *(_mark("characters-lost", sign, sign, _sign) for sign in _SIGNS),
    # Links
    _mark("", "](", r"(?<!!)\[(?P<name>[^\[\]\n]+)\]\((?P<words><?(?:\\\\|file:/)[^()<>`\n]*)>?\)", _disk),
    _mark("path-unmarked", "<\\\\", r"<(?P<words>\\\\[^<>`\n]*[^<>`\s])>", _words("`")),
    _mark("", "<www.", r"<(?P<words>www\.[\w-]+\.[^\s<>]+)>", _words("")),
    _mark("wiki-link", "[[", r"\[\[\d{1,2}\]\]\((?P<target>https?://(?P<words>[^\s()/]+)[^\s()]*)\)", _link),
    _mark(
        "wiki-link",
        "[url",
        r"\[url=[\"']?(?P<target>https?://[^\s\[\]\"']+)[\"']?\](?P<words>[^\[\]\n]+)\[/url\]",
        _link,
    ),
    _mark("link-apart", "[", rf"\[(?P<words>[^\[\]\n]+)\][ \t]+\((?P<target>{TARGET})\)", _link),
    _mark("wiki-link", "[http", r"(?<!\])\[(?P<target>https?://[^\s\[\]]+)[ ](?P<words>[^\[\]\n]+)\](?![(\[])", _link),
    _mark(
        "wiki-link",
        "|",
        r"(?<![!\]\[])\[(?P<words>[^\[\]|\n]+)\|(?P<target>(?:https?://|mailto:)[^\[\]|\s]+|[\w./-]+\.md)\](?!\()",
        _link,
    ),
    _mark("wiki-link", "`_", rf"`(?P<words>[^`<>\n]+?)[ ]*<(?P<target>{TARGET})>`__?(?!\w)", _link, searches_code=True),
    _mark(
        "other-markup",
        "](tel:",
        r"\[(?P<name>[^\[\]\n]*)\]\(tel:(?P<words>\+?[\d ()/-]*[ /(][\d ()/-]*)\)(?![\d)])",
        _phone,
    ),
    # Bold, slanted, struck
    _mark("marked-words", "**==", r"(?<!\*)\*\*==(?P<words>[^=*\n]+)==\*\*(?!\*)", _words("**")),
    _mark("other-markup", "[b]", r"\[b\](?P<words>[^\[\]\n]+)\[/b\]", _words("**")),
    _mark("other-markup", "[i]", r"\[i\](?P<words>[^\[\]\n]+)\[/i\]", _words("*")),
    _mark(
        "hyphen-marks",
        "-",
        r"-(?<![^\s(]-)(?<!\bund -)(?<!\boder -)(?<!\bbzw\. -)(?<!\band -)(?<!\bor -)(?=[^\W\d_])"
        r"(?P<words>\w{4,}(?=-[\s.,;:!?)]|-$)|(?:\w+[ ](?!und |oder |and |or )){1,5}\w+)"
        r"-(?=[.,;:!?)]|[ ](?!(?:und|oder|bzw\.?|and|or)[ ])|(?<=\w{4}-)[ ]|$)",
        _unknown,
    ),
    _mark("other-markup", "+", r"(?<!\S)\+(?=[^\W\d])(?P<words>[^+\n]*[^\W\d])\+(?![\w+])", _words("**")),
    _mark("other-markup", "bq.", r"^bq\.[ ](?P<words>.*)$", _words("> ", "")),
    _mark("marked-words", "==", r"(?<![=\w])==(?=[^\s=])(?P<words>[^=\n]+?)(?<=\S)==(?![=\w])", _words("**")),
    _mark("marked-words", "** ", r"\*\*(?<!\S\*\*)[ ]+(?P<words>[^*\n]*[^*\s])[ ]*\*\*(?![*\w])", _words("**")),
    _mark("marked-words", " **", r"\*\*(?<![*\w]\*\*)(?P<words>[^*\s][^*\n]*)[ ]+\*\*(?![*\w])", _words("**")),
    _mark("marked-words", "**", r"\*\*(?<![*\w]\*\*)(?P<words>[^*\s][^*\n]*[:.,;!?])\*\*(?=\w)", _words("**", "** ")),
    _mark("marked-words", "^^", r"(?<![\w^])\^\^(?=[^\s^])(?P<words>[^^\n]+)(?<=\S)\^\^(?![\w^])", _words("**")),
    _mark("marked-words", "'''", r"(?<![\w'])'''(?=[^\s'])(?P<words>[^'\n]+)(?<=\S)'''(?![\w'])", _words("**")),
    _mark("other-markup", "''", r"(?<![\w'`,])''(?=[^\s'])(?P<words>[^'\n]+)(?<=\S)''(?![\w'])", _words("*")),
    _mark("other-markup", "~", r"(?<![\w~])~(?=[^\s~])(?P<words>[^~\n]*[^\W\d][^~\n]*)(?<=\S)~(?![\w~])", _words("~~")),
    _mark("other-markup", "~", r"(?<=[^\W_])~(?P<words>[^\s~]{1,8})~(?!~)", _words("<sub>", "</sub>")),
    _mark("other-markup", "^", r"(?<=[\w)])\^(?P<words>[^\s^\[\]]{1,8})\^(?!\^)", _words("<sup>", "</sup>")),
    _mark("other-markup", "++", r"(?<!\S)\+\+(?P<words>[a-z0-9]+(?:\+[a-z0-9]+)*)\+\+(?!\w)", _keys),
    # LaTeX
    _mark("other-markup", "\\", r"\\(?:textbf|textsc|underline)\{(?P<words>[^{}\n]+)\}", _words("**")),
    _mark("other-markup", "\\", r"\\(?:emph|textit|textsl)\{(?P<words>[^{}\n]+)\}", _words("*")),
    _mark("other-markup", "\\", r"\\texttt\{(?P<words>[^{}\n]+)\}", _words("`")),
    _mark(
        "other-markup",
        "\\",
        rf"(?<![\w:\\])\\(?:{_LATEX})(?![A-Za-z\\])\*?(?:\[[^\[\]\n]*\])?(?:\{{[^{{}}\n]*\}})*",
        _unknown,
    ),
    _mark("other-markup", "~", r"(?<=[A-Za-z]\.)~(?=[\w§])", lambda _: "\u00a0"),
    # Inline fields of note programs, and the start of code in reStructuredText
    _mark("other-markup", "::", r"\[[\w-]+::[ ][^\[\]\n]*\]|^[\w-]+::[ ].*", _unknown),
    _mark("other-markup", "::", r"(?<=[^\W_])::$", lambda _: ":"),
    _mark("other-markup", "`= this.", r"`\$?= this\.[^`\n]*`", _unknown, searches_code=True),
    # Footnotes, citations, abbreviations and mentions of other programs
    _mark("", "^]:", r"^\[\^(?P<words>\d{1,3})\^\](?=:)", lambda match: f"[^{match['words']}]"),
    _mark("other-markup", "^]", r"\[\^(?P<words>\d{1,3})\^\](?!:)", lambda match: f"[^{match['words']}]"),
    _mark("wiki-link", "[#", r"(?<!\])\[#(?P<words>[\w-]+)\](?![(\[:])", _unknown),
    _mark("other-markup", "^[", r"\^\[[^\[\]\n]+\]", _unknown),
    _mark("other-markup", "*[", r"^\*\[[^\[\]\n]+\]:[ ].*", _unknown),
    _mark("other-markup", "[@", r"\[-?@[\w:-]+[^\[\]\n]*\]", _unknown),
    _mark("other-markup", "[~", r"\[~(?P<words>[\w.@-]+)\]", _unknown),
    _mark("emoji-code", ":", r":(?<![\w:]:)(?:[a-z][a-z0-9_-]{2,40}|[+-]1|100):(?![\w:])", _unknown),
    # Keyboard characters in place of typographic ones
    _mark("dash-hyphens", "--", r"(?<=[^\s|-] )-{2,3}(?= [^\s|-])|(?<=\d)--(?=\d)", lambda _: "–"),
    _mark("dash-hyphens", "---", r"(?<=\w)---(?=\w)", lambda _: " – "),
    _mark("other-markup", ",,", r"(?<!\w),,(?=\S)(?P<words>[^,'\"\n]+)(?:''|\")", _words('"')),
    _mark("apostrophe-accent", "´", rf"(?P<before>[^\W\d_]+)´(?P<after>{_ENDINGS})(?!\w)", _apostrophe),
    _mark(
        "apostrophe-accent",
        "`",
        rf"(?<![`\w])(?P<before>[^\W\d_]+)`(?P<after>{_ENDINGS})(?![\w`-])",
        _apostrophe,
        searches_code=True,
    ),
    # HTML
    _mark("other-markup", "</br>", r"</br>", lambda _: "<br>"),
    _mark("", "<o:p", r"(?i)<o:p>(?:&nbsp;|\s)*</o:p>|<o:p/>", _gone),
    _element("b|strong|u", _words("**")),
    _element("i|em", _words("*")),
    _element("s|strike", _words("~~")),
    _element("code|tt", _words("`")),
    _element("font|span|center|big", _words("")),
    _element("p", _words("")),
    ForeignMark(
        "",
        "</a>",
        re.compile(
            rf"(?i:<a\s[^<>\n]*?\bhref=)[\"'](?P<target>{TARGET})[\"'](?i:[^<>\n]*>)(?P<words>[^<>\n]*\S[^<>\n]*)(?i:</a>)"
        ),
        _link,
    ),
)
"""All marks in order: each replacement is visible to the marks after it."""
