"""The rules of rendering and publishing."""
