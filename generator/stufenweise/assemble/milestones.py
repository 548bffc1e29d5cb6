"""Read the milestones of a plan from its list: the week of each item, and what is due."""

from __future__ import annotations

import re

from stufenweise.assemble.escaping import as_html
from stufenweise.model.kinds import KIT_MILESTONES
from stufenweise.model.library import Text

_ITEM = re.compile(r"[-*+][ \t]+\*\*[^*\d]*(?P<week>\d{1,3})[^*\d]*\*\*[ \t]*(?P<what>.+)")
_MARKUP = re.compile(r"[*_`]|\[(?=[^\]]*\]\()|\]\([^()]*\)")


def milestones(text: Text) -> list[dict[str, object]]:
    """Return the dates of a plan: week, counted from 1, and what is due, escaped for HTML; none if it has no list."""
    section = text.section(KIT_MILESTONES)
    found = (_ITEM.fullmatch(line.strip()) for line in section.body.splitlines()) if section else ()
    return [{"week": int(one["week"]), "what": as_html(_MARKUP.sub("", one["what"]))} for one in found if one]
