-- Digests find posts by their date; those without one are counted.

CREATE INDEX posts_by_date ON posts (date);
