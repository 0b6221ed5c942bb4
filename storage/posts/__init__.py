"""Posts: how they come in, are told apart, merged, removed and read again."""
