"""Pictures and drawings: reading, cleaning, measuring."""
