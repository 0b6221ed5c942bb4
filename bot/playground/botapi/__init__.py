"""A strict Bot API server for one bot: Telegram as the bot sees it, on this machine alone.

It refuses what Telegram refuses, in Telegram's own words, and besides that whatever Telegram would
silently ignore. The playground chats through it, and the tests drive the bot with it.
"""
