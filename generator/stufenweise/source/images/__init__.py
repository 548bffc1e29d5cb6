"""Pictures and drawings: their parts, their cleaning, and words set into drawings."""
