"""Rules about Markdown that is read differently than its author meant: other programs' marks, and near misses."""
