"""The development server: it shows each save at once, and problems on the page."""
