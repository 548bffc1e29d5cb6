"""From the model to a plain MkDocs project per language: pages, navigation, charts, configuration."""
