"""What a page reports to screen readers, as lines: the accessibility tree of Chromium without running text.

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
REPORTED_ROLES = (
    LANDMARKS | CONTROLS | {"group", "figure", "image", "table", "columnheader", "progressbar", "status", "alert"}
)
LEAF_ROLES = {"button", "combobox", "Date", "InputTime", "image"}
"""What is reported as a whole: nothing in it is reported by itself."""
STATES = {"checked": "true", "expanded": "True", "pressed": "true", "disabled": "True"}
"""States with the value that is reported by their name; the other one is reported as "not"."""

COMPARED_ROLES = {
    "button": "button", "radio": "radio", "checkbox": "checkbox", "switch": "switch", "combobox": "combobox",
    "textbox": "textbox", "searchbox": "textbox", "Date": "date", "InputTime": "time", "DisclosureTriangle": "summary",
    "link": "link", "heading": "heading", "dialog": "dialog", "slider": "slider", "spinbutton": "spinbutton",
}  # fmt: skip
"""Chromium's roles that are compared with those of other browsers, and our words for them."""

Node = Mapping[str, Any]


class AccessibleElement(NamedTuple):
    """A heading, link or control, in terms that are the same for all browsers."""

    role: str
    name: str
    states: frozenset[str]


def _value(node: Node, key: str) -> str:
    return str(node.get(key, {}).get("value", "")).strip()


def _properties(node: Node) -> dict[str, str]:
    return {entry["name"]: str(entry["value"].get("value")) for entry in node.get("properties", ())}


class AccessibilityTree:
    """The accessibility tree of an open page."""

    def __init__(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        nodes: list[Node] = session.send("Accessibility.getFullAXTree")["nodes"]
        session.detach()
        self._by_id = {node["nodeId"]: node for node in nodes}
        self._root = nodes[0]

    def lines(self) -> list[str]:
        """Return role, name and states of each reported element, in reading order."""
        return list(self._lines(self._root, in_main=False))

    def elements(self) -> list[AccessibleElement]:
        """Return headings, links and controls in reading order."""
        return list(self._elements(self._root))

    def nameless(self) -> list[str]:
        """Return the roles of focusable elements without a name."""
        return [
            _value(node, "role")
            for node in self._by_id.values()
            if not node.get("ignored") and _properties(node).get("focusable") == "True" and not _value(node, "name")
        ]

    def _elements(self, node: Node) -> Iterator[AccessibleElement]:
        role = "" if node.get("ignored") else COMPARED_ROLES.get(_value(node, "role"), "")
        if role:
            properties = _properties(node)
            states = {name for name in ("checked", "pressed", "disabled") if properties.get(name) in {"true", "True"}}
            if "expanded" in properties:
                states.add("expanded" if properties["expanded"] in {"true", "True"} else "collapsed")
            yield AccessibleElement(role, " ".join(_value(node, "name").split()), frozenset(states))
        if role not in {"button", "combobox", "date", "time", "link"}:
            for child in self._children(node):
                yield from self._elements(child)

    def _children(self, node: Node) -> Iterator[Node]:
        return (self._by_id[key] for key in node.get("childIds", ()) if key in self._by_id)

    def _lines(self, node: Node, *, in_main: bool) -> Iterator[str]:
        role, name, properties = _value(node, "role"), _value(node, "name"), _properties(node)
        if not node.get("ignored"):
            is_title = role == "heading" and properties.get("level") == "1"
            is_reported = role in REPORTED_ROLES and (name or role not in {"group", "figure"})
            if is_reported or is_title or (role == "link" and not in_main):
                states = [
                    key if value == reported else f"not {key}"
                    for key, reported in STATES.items()
                    if (value := properties.get(key))
                ]
                yield " ".join((role, *([f'"{name}"'] if name else []), *states))
            elif properties.get("live") in {"polite", "assertive"} and (text := self._text(node)):
                yield f'{properties["live"]}: "{text}"'
        if node.get("ignored") or role not in LEAF_ROLES:
            for child in self._children(node):
                yield from self._lines(child, in_main=in_main or role == "main")

    def _text(self, node: Node) -> str:
        if _value(node, "role") == "StaticText":
            return _value(node, "name")
        return " ".join(filter(None, (self._text(child) for child in self._children(node))))
