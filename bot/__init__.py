"""Telegram and the command line."""
