"""What every room stands on: safe folders, failures, digests, caches, text templates, fonts."""
