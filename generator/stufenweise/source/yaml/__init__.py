"""Front matter and data files with the position of each key and value."""
