"""The built site for other places: offline folder, courses for learning platforms, server configuration."""
