"""Files and their names: what belongs to the content, decoding, limits."""
