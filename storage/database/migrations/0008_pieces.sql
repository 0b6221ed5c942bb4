-- Words inside words are found by pieces as well: pairs of syllables, which are rarer than any three
-- keys in a row, and one list fewer to keep. The index is made anew when the archive is opened.
DROP TABLE term_grams;
DELETE FROM meta WHERE name = 'normal_form';
