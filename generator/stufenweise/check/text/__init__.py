"""Rules about a single text: its sections, its form, its places to write in, its review."""
