"""The built site in other shapes: a folder that works without a server, and courses for learning platforms."""
