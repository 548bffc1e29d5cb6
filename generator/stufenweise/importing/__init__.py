"""Import other programs' texts as drafts, with a report of what was dropped or guessed."""
