"""Reports on the state of content: each tutorial, and the site as a whole."""
