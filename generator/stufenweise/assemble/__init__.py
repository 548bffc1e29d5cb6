"""From the library to a plain MkDocs project per language: pages, navigation, charts, derived configuration."""
