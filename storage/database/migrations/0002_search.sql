-- The search index: which posts hold which terms, and what finds terms like a given one.
-- A term is a word in keystroke normal form; '_' leads those written in Hangul.

-- Contentless: the terms follow from posts.text, so no second copy of it is kept. Neither
-- positions nor counts are kept; what needs them looks into the texts of a few hundred posts.
CREATE VIRTUAL TABLE post_terms USING fts5 (
    terms,
    content = '',
    detail = none,
    columnsize = 0,
    tokenize = "ascii tokenchars '_'"
);

-- The index as a list of terms, to check it by; it holds nothing of its own.
CREATE VIRTUAL TABLE post_term_counts USING fts5vocab (post_terms, row);

-- posts: how many posts hold the term.
CREATE TABLE terms (
    id INTEGER PRIMARY KEY,
    term TEXT NOT NULL UNIQUE,
    posts INTEGER NOT NULL
);

-- Terms by any three keys in a row, to find words inside words.
CREATE VIRTUAL TABLE term_grams USING fts5 (
    keys,
    content = '',
    detail = none,
    columnsize = 0,
    tokenize = 'trigram'
);

-- Terms, with and without a particle, by the thirds of their keys: a slip or two leave some whole.
-- Hangul terms by their 초성 as well. A list of numbers for each piece takes a quarter of a table.
CREATE VIRTUAL TABLE term_pieces USING fts5 (
    pieces,
    content = '',
    detail = none,
    columnsize = 0,
    tokenize = 'ascii'
);

-- The same as rows (term: the piece, doc: the term's id); it holds nothing of its own.
CREATE VIRTUAL TABLE term_piece_places USING fts5vocab (term_pieces, instance);
