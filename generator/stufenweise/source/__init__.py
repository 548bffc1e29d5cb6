"""Bytes to text with positions: files, decoding, YAML, front matter, Markdown as written."""
