"""What the archive keeps for its readers: searches, languages, saved posts, watches, schedules."""
