"""A Git-based editor for the browser, for authors without Git: its configuration and its folder."""
