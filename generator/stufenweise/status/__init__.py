"""What those who look after a site want to know of its content: each tutorial, and the site as a whole."""
