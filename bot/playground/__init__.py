"""Galpi without Telegram: the same bot, a Bot API server on this machine, and a chat in a browser.

botapi     the server as the bot sees it
visitor    the person at the page, and the chats they are in
protocol   what the page and the server tell each other
server     both sides behind one port
demo       all of it together, with the bot
"""
