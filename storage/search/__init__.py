"""The search core, a pipeline: query → candidates → ranking → highlight.

- `query` reads what a person typed: words, phrases, exclusions, tags, operators; `filters` turns
  tags and operators into conditions.
- `dictionary`, `expansion` (with `spelling` and `corrections`), `readings` and `candidates` ask the
  index for the posts that answer, from exact to fuzzy; `plans` is what they hand on: which terms
  answer which word, by which rule.
- `matching` finds where in a post each word is answered; `ranking` scores that by named rules.
- `highlight` cuts the snippet around the matches.
- `engine` runs these for the archive, within its `deadline`, with `suggestions` for a query that
  finds nothing and an `explanation` for whoever wonders; `similar`, with what posts are `sharing`,
  is its second question; `index` keeps it all true, and `soundness` looks whether it is.

Only `index`, `dictionary` and the modules above it that take a connection do any I/O; query,
plans, pieces, matching, ranking and highlight are pure.
"""

from storage.search.engine import Found, Match, explain, find
from storage.search.similar import similar

__all__ = ["Found", "Match", "explain", "find", "similar"]
