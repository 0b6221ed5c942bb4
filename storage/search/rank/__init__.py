"""Scores the posts that retrieval found; every number of ranking stands in `weights`."""
