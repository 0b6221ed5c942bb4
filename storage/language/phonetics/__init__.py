"""How words sound in Korean and English, and which spellings of the two scripts may be one word."""
