"""What people see: pure functions from the archive's values and texts to what Telegram shows."""
