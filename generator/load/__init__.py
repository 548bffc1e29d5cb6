"""From bytes to the model, or to problems with their place."""
