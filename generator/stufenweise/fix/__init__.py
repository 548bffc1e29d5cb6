"""Edits of source files that have one right answer: `--fix`, `rename`, `translate`."""
