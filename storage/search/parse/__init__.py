"""Reads what a person typed: words, phrases, exclusions, tags and operators."""
