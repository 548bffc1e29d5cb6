"""A page that fails the test if it logs an error or requests anything from another host."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

FORBIDDEN_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("Access is denied", "SecurityError"); } })"""
"""What a browser does that lets a site, or a frame of another site, store nothing."""


class Watched:
    """A page, with the errors and outside requests it caused."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.origin = address.split("/rm/")[0]
        self.spent = False
        """Whether the browser's context is no use for another test, because its clock is set."""
        self.faults: list[str] = []
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on(
            "request",
            lambda request: None if request.url.startswith((self.origin, "data:")) else self.faults.append(request.url),
        )

    def open(self, path: str) -> Page:
        """Go to a page of the site and wait until its scripts have run."""
        self.page.goto(self.address + path, wait_until="load")
        return self.page

    def wipe(self) -> None:
        """Clear what the browser has stored for the site."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": self.origin, "storageTypes": "all"})
        session.detach()
