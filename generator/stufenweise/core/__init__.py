"""Tools for every room: safe folders, failures, digests, caches, text templates, fonts."""
