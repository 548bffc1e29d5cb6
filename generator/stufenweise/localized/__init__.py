"""The library in one language: labels, glossary, relations and charts for pages and handouts."""
