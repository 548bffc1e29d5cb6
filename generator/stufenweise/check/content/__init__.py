"""Rules about all texts and data files together: references, links, translations, plans, hidden content, words."""
