"""Texts: the keystroke normal form, particles, links, hashtags, titles; all pure."""
