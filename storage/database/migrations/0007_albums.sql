-- The files of an album whose messages come one by one; JSON lists of their names.

ALTER TABLE album_messages ADD COLUMN media_kind TEXT;
ALTER TABLE album_messages ADD COLUMN media_names TEXT;
