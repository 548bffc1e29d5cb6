"""Rules about what a text becomes: its HTML, and where the site and its preview differ."""
