"""Markup of other programs and near misses, with what to write instead."""
