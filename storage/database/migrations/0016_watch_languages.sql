-- In which language a chat is told of new posts: that in which it asked; NULL if that is not known.
ALTER TABLE watches ADD COLUMN language TEXT;
