"""Galpi without Telegram: the same application, its Bot API answered in this process."""
