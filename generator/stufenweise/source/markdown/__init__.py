"""Markdown as authors write it: outline, dialect, allowed HTML, rendering."""
