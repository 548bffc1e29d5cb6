"""What Firefox reports to screen readers: its accessibility tree, read by the browser's own service.

Web pages can't read it. Firefox lets a driver in that was given access to the system when it was started
(https://firefox-source-docs.mozilla.org/accessible/Architecture.html).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accessibility_tree import AccessibleElement
from waiting import wait_until

from .webdriver import Driven

ACCESS = "-remote-allow-system-access"
"""Argument with which a driver may run scripts beside those of pages."""
SWITCHED_ON = {"accessibility.force_disabled": -1}
"""Preferences with which Firefox has a tree although no screen reader asked for it."""
ROLES = {
    "pushbutton": "button",
    "togglebutton": "button",
    "radiobutton": "radio",
    "checkbutton": "checkbox",
    "switch": "switch",
    "combobox": "combobox",
    "entry": "textbox",
    "searchbox": "textbox",
    "date editor": "date",
    "time editor": "time",
    "summary": "summary",
    "link": "link",
    "heading": "heading",
    "dialog": "dialog",
    "slider": "slider",
    "spinbutton": "spinbutton",
}
"""Firefox's roles that are compared with those of Chromium, and our words for them."""
STATES = {
    "checked": "checked",
    "pressed": "pressed",
    "expanded": "expanded",
    "collapsed": "collapsed",
    "unavailable": "disabled",
}
LEAF_ROLES = {"button", "combobox", "date", "time", "link"}
_TREE = """
const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
const { gBrowser } = Services.wm.getMostRecentWindow("navigator:browser");
const states = (one) => {
  const [some, more] = [{}, {}];
  one.getState(some, more);
  return [...service.getStringStates(some.value, more.value)];
};
const read = (one) => {
  const inside = [];
  for (let child = one.firstChild; child; child = child.nextSibling) inside.push(read(child));
  return { role: service.getStringRole(one.role), name: one.name, states: states(one), inside };
};
const whole = service.getAccessibleFor(gBrowser.selectedBrowser)?.firstChild;
return whole?.getState && !states(whole).includes("busy") ? read(whole) : null;
"""


def elements_in_firefox(driven: Driven) -> list[AccessibleElement]:
    """Return headings, links and controls of the open page in reading order."""
    driven.connection.call("Marionette:SetContext", value="chrome")
    try:
        tree = wait_until(
            lambda: driven.connection.call("ExecuteScript", script=_TREE, args=[]), lambda: "no accessibility tree"
        )
    finally:
        driven.connection.call("Marionette:SetContext", value="content")
    return list(_elements(tree))


def _elements(node: Mapping[str, Any]) -> Sequence[AccessibleElement]:
    role = ROLES.get(node["role"], "")
    own = []
    if role:
        states = frozenset(STATES[state] for state in node["states"] if state in STATES)
        own = [AccessibleElement(role, " ".join((node["name"] or "").split()), states)]
    if role in LEAF_ROLES:
        return own
    return [*own, *(element for inside in node["inside"] for element in _elements(inside))]
