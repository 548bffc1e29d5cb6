"""The stages from mkdocs.yml to the published site, functions of results; `pipeline` puts them in order."""
