-- The search index: which posts hold which terms, and what finds terms like a given one.
-- A term is a word in keystroke normal form; '_' leads those written in Hangul.

-- Contentless: the terms follow from posts.text, so no second copy of it is kept. Neither
-- positions nor counts are kept; what needs them looks into the texts of a few hundred posts.
CREATE VIRTUAL TABLE post_terms USING fts5 (
    terms,
    content = '',
    detail = none,
    columnsize = 0,
    tokenize = "ascii tokenchars '_'",
    prefix = '2 3 4 5 6 7'
);

-- The index as a list of terms, to check it by; it holds nothing of its own.
CREATE VIRTUAL TABLE post_term_counts USING fts5vocab (post_terms, row);

-- posts: how many posts hold the term. initials: 초성, of Hangul terms of two syllables or more.
CREATE TABLE terms (
    id INTEGER PRIMARY KEY,
    term TEXT NOT NULL UNIQUE,
    posts INTEGER NOT NULL,
    initials TEXT
);

CREATE INDEX terms_by_initials ON terms (initials, posts) WHERE initials IS NOT NULL;

-- Terms by any three keys in a row, to find words inside words.
CREATE VIRTUAL TABLE term_grams USING fts5 (
    keys,
    content = '',
    detail = none,
    columnsize = 0,
    tokenize = 'trigram'
);

-- Terms, with and without a particle, by the thirds of their keys: a slip or two leave some whole.
CREATE TABLE term_pieces (
    piece TEXT NOT NULL,
    term_id INTEGER NOT NULL REFERENCES terms (id),
    PRIMARY KEY (piece, term_id)
) WITHOUT ROWID;
