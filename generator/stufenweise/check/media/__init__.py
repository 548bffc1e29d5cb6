"""Rules about images, figures and attachments."""
