"""Everything that is said to people, one folder a language: problems, commands, site and handouts, reference."""
