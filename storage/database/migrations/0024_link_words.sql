-- Words of new addresses are indexed together as well. A trigger on each row would make SQLite write
-- a piece of the full-text index for every link.
DROP TRIGGER links_index;
