-- Vectors of what posts mean, where the optional model is installed. A post is cut into parts:
-- first and last count the characters of what is searched of it; korean tells the script that most
-- of it is written in. bits: the signs of the vector, which all fit into memory; a vector is read
-- only for the parts whose bits are near. AUTOINCREMENT: what is read into memory stays true, as the
-- id of a part that is gone never comes again.
CREATE TABLE meaning_parts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    korean INTEGER NOT NULL,
    bits BLOB NOT NULL
);

CREATE INDEX meaning_parts_by_post ON meaning_parts (post_id);

-- vector: a signed byte for each dimension.
CREATE TABLE meaning_vectors (
    part_id INTEGER PRIMARY KEY REFERENCES meaning_parts (id) ON DELETE CASCADE,
    vector BLOB NOT NULL
);

-- Posts whose vectors are still to be made, by whichever way their texts come in.
CREATE TABLE meaning_pending (
    post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE
);
INSERT INTO meaning_pending SELECT id FROM posts;

CREATE TRIGGER meaning_of_new_post AFTER INSERT ON posts BEGIN
    INSERT OR IGNORE INTO meaning_pending VALUES (new.id);
END;
CREATE TRIGGER meaning_of_edited_post AFTER UPDATE OF text, details ON posts
WHEN old.text IS NOT new.text OR old.details IS NOT new.details BEGIN
    INSERT OR IGNORE INTO meaning_pending VALUES (new.id);
END;
