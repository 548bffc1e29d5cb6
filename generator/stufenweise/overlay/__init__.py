"""Overlay a company's content on the package's: merging, source map, base drift, visibility."""
