"""The rules of rendering."""
