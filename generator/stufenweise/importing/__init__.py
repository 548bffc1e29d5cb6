"""Texts of other programs as drafts in our form, with a report of what was dropped or guessed."""
