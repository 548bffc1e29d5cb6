"""From a docs tree and its derived configurations to a published site."""
