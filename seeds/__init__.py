"""Documents become posts."""
