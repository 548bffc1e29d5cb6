"""Rules about the HTML that a text becomes, and about words that an editor shows differently than the site."""
