"""The methods of the Bot API, by what they are about.

Each is a class: its fields are the method's parameters, and `answer` is what it does.
"""
