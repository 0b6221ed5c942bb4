"""What keeps an archive sound: bringing it up to date, checks, repair."""
