"""A mkdocs.yml and the options of the plugin, read into a `Project`."""
