"""A company's content over the content of the package: merging, source map, base drift, visibility."""
