"""Changes to files of content that have one right answer: a function from text to text, and nothing else touched."""
