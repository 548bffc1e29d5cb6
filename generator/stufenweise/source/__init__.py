"""Bytes to text with positions, and what texts, data files and images mean as they are written.

The rooms inside: `files` for names, paths and decoding, `yaml` for front matter and data files, `markdown` for the
bodies of texts, `images` for pictures and drawings. What a tutorial needs is known to `load` alone.
"""
