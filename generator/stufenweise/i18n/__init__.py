"""All texts for people, one folder per language: problems, commands, site and handouts, reference."""
