"""The development server: the site follows every save, problems stand on the page."""
