"""Convert list marks of other programs to Markdown, and remove the head and end of a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stufenweise.importing.foreign_file import Loss
from stufenweise.source.markdown.outline import LineKind, read_outline

_BOX = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*+•][ \t]+)?(?:\[(?P<state>[ xX/<>?!*-]?)\]|(?P<sign>[☐☑☒□◻▢❏⬜🗹]))\ufe0f?[ \t]*"
    r"(?P<words>[^\s(].*?)[ \t]*\\?"
)
"""A line with a checkbox, as a paragraph or an item; word processors put a backslash at a line's end."""
_BULLET = re.compile(r"(?P<indent>[ ]{0,12})(?:[•·◦▪■●§Ø]|[oüq](?=[ ]{2}))[ \t]+(?P<words>\S.*)")
"""A bullet of a word processor, or its letter in a symbol font."""
_TICKED = "xX☑☒🗹"
_MAIL_KEYS = r"Von|Gesendet|An|Cc|Bcc|Betreff|Datum|Anlagen|Priorität|From|Sent|To|Subject|Date|Attachments|Importance"
_MAIL_LINE = re.compile(rf"(?:\*\*)?(?P<key>{_MAIL_KEYS}):(?:\*\*)?[ \t]*(?P<value>.*?)[ \t]*\\?", re.IGNORECASE)
_REPLY = re.compile(r"(?:(?:AW|WG|RE|FW|FWD|Antw)[ \t]*:[ \t]*)+", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:Hallo|Hi|Hey|Moin|Servus|Liebe[rs]?|Guten (?:Tag|Morgen)|Sehr geehrte[rs]?|Hello|Dear|Good morning)\b"
    r".{0,60}[,!]"
)
_GOODBYE = re.compile(
    r"(?:(?:Viele|Beste|Herzliche|Liebe|Schöne|Freundliche) Gr(?:ü|ue)(?:ß|ss)e|Mit (?:freundlichen|besten) Gr|"
    r"Gruß|VG|LG|MfG|(?:Best|Kind|Warm) regards|Best wishes|Regards|Cheers)\b.*|--[ ]?\\?"
)
_MAIL_LINES = 3
"""A text with this many mail headers is treated as an e-mail."""


def with_markdown_lists(lines: Sequence[str]) -> list[str]:
    """Return lines with list items in place of other programs' boxes and bullets; code stays unchanged."""
    kinds = read_outline("\n".join(lines)).kinds
    result = []
    for line, kind in zip(lines, kinds, strict=False):
        if kind is LineKind.CODE:
            result.append(line)
        elif box := _BOX.fullmatch(line):
            state = box["state"] or box["sign"] or " "
            result.append(f"{box['indent']}- [{'x' if state in _TICKED else ' '}] {box['words']}")
        elif bullet := _BULLET.fullmatch(line):
            result.append(f"{bullet['indent']}- {bullet['words']}")
        else:
            result.append(line)
    return result


@dataclass(frozen=True, slots=True)
class MailText:
    """The text of a mail."""

    lines: list[str]
    """Its lines; those of its head and end are empty."""
    subject: str = ""
    losses: Sequence[Loss] = ()
    """What was dropped."""


def without_mail(lines: Sequence[str]) -> MailText:
    """Return the text of a mail without its head and end; other texts as they are."""
    head = [number for number, line in enumerate(lines[:40]) if _MAIL_LINE.fullmatch(line)]
    if len(head) < _MAIL_LINES or any(line.strip() for line in lines[: head[0]]):
        return MailText(list(lines))
    subject, left_out = "", set(head)
    for number in head:
        match = _MAIL_LINE.fullmatch(lines[number])
        if match and match["key"].casefold() in {"betreff", "subject"}:
            subject = _REPLY.sub("", match["value"])
    greeting = next((number for number, line in enumerate(lines) if number not in left_out and line.strip()), None)
    if greeting is not None and _GREETING.fullmatch(lines[greeting].strip()):
        left_out.add(greeting)
    end = next((number for number, line in enumerate(lines) if _GOODBYE.fullmatch(line.strip())), len(lines))
    left_out |= {number for number in range(end, len(lines)) if lines[number].strip()}
    losses = [
        Loss(kind="import-mail", text=lines[number].strip().rstrip("\\").strip()[:80], line=number + 1)
        for number in sorted(left_out)
    ]
    kept = ["" if number in left_out else line for number, line in enumerate(lines)]
    return MailText(kept, subject, losses)
