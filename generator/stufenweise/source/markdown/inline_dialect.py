"""Convert inline marks that Python-Markdown reads differently than CommonMark editors."""

from __future__ import annotations

import re

_STRUCK = re.compile(r"(?<![~\\])~~(?=[^\s~])([^~\n]+?)(?<=\S)~~(?!~)")
_ADDRESS = re.compile(
    r"(?P<kept>!?\[[^\[\]]*\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:[ \t]+\"[^\"]*\")?\)|<[^<>]*>|\]:[ \t]*\S+"
    r"|\{:?[^{}\n]*=[^{}\n]*\})"
    r"|(?<![\w/@=\"'.\[-])(?<!\w\()(?P<address>(?:https?://|www\.(?=[\w-]+\.\w))[^\s<>\"'`|„“”‘’…]+)"
    r"|(?<![\w/@=\"'.:\[\\+-])(?P<mail>[A-Za-z0-9][\w.+-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})(?![\w@/-])"
)
_TRAILING = ".,;:!?*_~"
_STAR = re.compile(r"(?<![*\\])\*(?!\*)")
_ESCAPED = re.compile(r"(?<!\\)\\([\"$%&',/:;<=?@^~])")
"""Characters that only CommonMark lets be escaped (https://spec.commonmark.org/0.31.2/#backslash-escapes)."""
_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_BREAK = re.compile(r"(?<!\\)\\$")


def strike(text: str) -> str:
    """Strike through `~~words~~` in a part of a line."""
    return _STRUCK.sub(r"<del>\1</del>", text) if "~~" in text else text


def link_addresses(text: str) -> str:
    """Turn bare URLs and mail addresses in a part of a line into links."""
    return _ADDRESS.sub(_linked, text) if "://" in text or "www." in text or "@" in text else text


def _linked(match: re.Match[str]) -> str:
    if mail := match["mail"]:
        return f"[{mail}](mailto:{mail})"
    address = match["address"]
    if address is None:
        return match[0]
    end = len(address)
    while end and (address[end - 1] in _TRAILING or (address[end - 1] == ")" and _has_stray_bracket(address[:end]))):
        end -= 1
    address, rest = address[:end], address[end:]
    if address.startswith("www."):
        return f"[{address}](https://{address}){rest}"
    return f"<{address}>{rest}" if address.partition("://")[2] else match[0]


def _has_stray_bracket(address: str) -> bool:
    """Return whether an address has more closing brackets than opening ones."""
    return address.count(")") > address.count("(")


def drop_escapes(text: str) -> str:
    """Remove backslashes before characters that are not markup here from a part of a line."""
    return _ESCAPED.sub(lambda match: _ENTITIES.get(match[1], match[1]), text) if "\\" in text else text


def keep_inner_stars(text: str) -> str:
    """Escape single `*` inside words in a part of a line."""
    if not re.search(r"\w\*\w", text):
        return text
    stars = [match.start() for match in _STAR.finditer(text)]
    inner: list[int] = []
    is_open = False
    for number, at in enumerate(stars):
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if _is_word(before) and _is_word(after):
            if is_open and not _is_closed_later(text, stars[number + 1 :]):
                is_open = False
            else:
                inner.append(at)
        elif after.strip() and not before.strip():
            is_open = True
        elif before.strip():
            is_open = False
    result = text
    for at in reversed(inner):
        result = f"{result[:at]}\\{result[at:]}"
    return result


def _is_word(character: str) -> bool:
    return character.isalnum()


def _is_closed_later(text: str, stars: list[int]) -> bool:
    """Return whether the next star that is not inside a word closes the open emphasis."""
    for at in stars:
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if not (_is_word(before) and _is_word(after)):
            return bool(before.strip())
    return False


def break_at_backslash(line: str, below: str) -> str:
    """Return a line with `<br>` for a backslash at its end, if the paragraph continues with `below`."""
    return _BREAK.sub("<br>", line) if line.endswith("\\") and below.strip() else line
