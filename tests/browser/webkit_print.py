"""Print a page to a PDF in WebKitGTK: `python3 webkit_print.py ADDRESS PDF`, with the system's Python, below Xvfb.

Its WebDriver has no command for printing. This runs outside of the tests' environment: it imports Debian's python3-gi.
"""

from __future__ import annotations

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

SETTLED = 500
"""Milliseconds that scripts have after the page has loaded."""


def main(address: str, pdf: str) -> None:
    """Load the page, let its scripts run, print it on A4 with margins of 15 mm."""
    Gtk.init([])
    window = Gtk.OffscreenWindow()
    window.set_default_size(794, 1123)
    view = WebKit2.WebView.new_with_context(WebKit2.WebContext.new_ephemeral())
    window.add(view)
    window.show_all()
    settings = Gtk.PrintSettings()
    settings.set_printer("Print to File")
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, Path(pdf).resolve().as_uri())
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
    setup = Gtk.PageSetup()
    setup.set_paper_size(Gtk.PaperSize.new("iso_a4"))
    for side in ("top", "bottom", "left", "right"):
        getattr(setup, f"set_{side}_margin")(15, Gtk.Unit.MM)

    def print_page() -> bool:
        operation = WebKit2.PrintOperation.new(view)
        operation.set_print_settings(settings)
        operation.set_page_setup(setup)
        operation.connect("finished", lambda _: Gtk.main_quit())
        operation.connect("failed", lambda _, error: sys.exit(error.message))
        operation.print_()
        return False

    def loaded(_: object, event: WebKit2.LoadEvent) -> None:
        if event == WebKit2.LoadEvent.FINISHED:
            GLib.timeout_add(SETTLED, print_page)

    view.connect("load-changed", loaded)
    view.load_uri(address)
    Gtk.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
