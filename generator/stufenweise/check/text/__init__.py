"""Rules about a single text: its sections, its form, its places for writing."""
