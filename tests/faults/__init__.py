"""Faults on the way to a published site, provoked in real processes."""
