"""The model: levels, tutorials, programmes, goals, terms and problems as frozen objects; no files, no MkDocs."""
