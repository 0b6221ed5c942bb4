"""Search: parse, expand, retrieve, rank, present; a folder for each stage, run by `engine`.

- `parse` reads a query: words, phrases, exclusions, tags, and operators as conditions on posts.
- `expand` finds for each word the terms of the archive that may stand for it, each with a likeness
  in (0, 1] and reasons; a word that the archive or a dictionary knows is never corrected.
- `retrieve` finds candidates: posts that hold any of the words, those that tell most first.
- `rank` scores them; every number of it stands in `rank.weights`.
- `present` cuts snippets, asks "did you mean", and explains the stages.
- `index` keeps what all of this reads true to the posts; `more_like_this` finds similar posts.

Parsing, ranking and snippets are pure; only what takes a connection does I/O.
"""

from storage.search.engine import explain, find, holding_all
from storage.search.more_like_this import similar

__all__ = ["explain", "find", "holding_all", "similar"]
