"""Docs trees to HTML: builders, theme, sanitiser."""
