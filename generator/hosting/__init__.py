"""What a web server needs to know of a built site: its policy, what may be kept, what to show for what is missing."""
