"""What a screen reader is given of a page, as lines: the accessibility tree of Chromium without running text.

Headings below the title, links of the text and the text itself are left out: they are the authors'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from playwright.sync_api import Page

LANDMARKS = {"banner", "navigation", "main", "contentinfo", "complementary", "form", "search", "region"}
CONTROLS = {
    "button", "checkbox", "radio", "combobox", "textbox", "searchbox", "spinbutton", "slider", "Date", "InputTime",
    "DisclosureTriangle", "dialog",
}  # fmt: skip
SAID = LANDMARKS | CONTROLS | {"group", "figure", "image", "table", "columnheader", "progressbar", "status", "alert"}
CLOSED = {"button", "combobox", "Date", "InputTime", "image"}
"""What is said as a whole: nothing in it stands for itself."""
STATES = {"checked": "true", "expanded": "True", "pressed": "true", "disabled": "True"}
"""States with the value that is said; the other one is said as "not"."""

MET = {
    "button": "button", "radio": "radio", "checkbox": "checkbox", "switch": "switch", "combobox": "combobox",
    "textbox": "textbox", "searchbox": "textbox", "Date": "date", "InputTime": "time", "DisclosureTriangle": "summary",
    "link": "link", "heading": "heading", "dialog": "dialog", "slider": "slider", "spinbutton": "spinbutton",
}  # fmt: skip
"""What Chromium calls what is compared with other browsers: where one stops, or jumps to."""

Node = Mapping[str, Any]


class Met(NamedTuple):
    """Something of a page that a screen reader stops at, in words that are no browser's own."""

    role: str
    name: str
    states: frozenset[str]


def _said(node: Node, key: str) -> str:
    return str(node.get(key, {}).get("value", "")).strip()


def _properties(node: Node) -> dict[str, str]:
    return {one["name"]: str(one["value"].get("value")) for one in node.get("properties", ())}


class Heard:
    """The accessibility tree of an open page."""

    def __init__(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        nodes: list[Node] = session.send("Accessibility.getFullAXTree")["nodes"]
        session.detach()
        self._by_id = {node["nodeId"]: node for node in nodes}
        self._root = nodes[0]

    def lines(self) -> list[str]:
        """Return role, name and states of what is said, in reading order."""
        return list(self._lines(self._root, in_main=False))

    def met(self) -> list[Met]:
        """Return headings, links and controls in reading order."""
        return list(self._met(self._root))

    def nameless(self) -> list[str]:
        """Return the roles of what can be reached by keyboard and has no name."""
        return [
            _said(node, "role")
            for node in self._by_id.values()
            if not node.get("ignored") and _properties(node).get("focusable") == "True" and not _said(node, "name")
        ]

    def _met(self, node: Node) -> Iterator[Met]:
        role = "" if node.get("ignored") else MET.get(_said(node, "role"), "")
        if role:
            found = _properties(node)
            states = {name for name in ("checked", "pressed", "disabled") if found.get(name) in {"true", "True"}}
            if "expanded" in found:
                states.add("expanded" if found["expanded"] in {"true", "True"} else "collapsed")
            yield Met(role, " ".join(_said(node, "name").split()), frozenset(states))
        if role not in {"button", "combobox", "date", "time", "link"}:
            for child in self._children(node):
                yield from self._met(child)

    def _children(self, node: Node) -> Iterator[Node]:
        return (self._by_id[one] for one in node.get("childIds", ()) if one in self._by_id)

    def _lines(self, node: Node, *, in_main: bool) -> Iterator[str]:
        role, name, properties = _said(node, "role"), _said(node, "name"), _properties(node)
        if not node.get("ignored"):
            is_title = role == "heading" and properties.get("level") == "1"
            is_said = role in SAID and (name or role not in {"group", "figure"})
            if is_said or is_title or (role == "link" and not in_main):
                states = [
                    key if value == said else f"not {key}"
                    for key, said in STATES.items()
                    if (value := properties.get(key))
                ]
                yield " ".join((role, *([f'"{name}"'] if name else []), *states))
            elif properties.get("live") in {"polite", "assertive"} and (text := self._text(node)):
                yield f'{properties["live"]}: "{text}"'
        if node.get("ignored") or role not in CLOSED:
            for child in self._children(node):
                yield from self._lines(child, in_main=in_main or role == "main")

    def _text(self, node: Node) -> str:
        if _said(node, "role") == "StaticText":
            return _said(node, "name")
        return " ".join(filter(None, (self._text(child) for child in self._children(node))))
