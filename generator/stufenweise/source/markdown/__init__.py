"""Markdown as authors write it: its outline and syntax, our dialect of it, allowed HTML, rendering."""
