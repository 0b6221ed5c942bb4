"""From each word of a query to the terms of the archive that may stand for it."""
