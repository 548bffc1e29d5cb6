"""Front matter and data files: values with their places, validation, and what wrong values were meant to be."""
