"""Links: one row a page however often it is shared, listed by host and found by words."""
