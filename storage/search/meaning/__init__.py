"""Finds posts by what they mean: a Korean question, the English post that answers it. Optional.

Without a model (the extra `meaning`) nothing here is used, and numpy is never imported.

- `encoder` is the model behind a small protocol: texts in, unit vectors out.
- `cutting` cuts a text into parts of one subject each, of which every one has a vector.
- `vectors` packs a vector twice: into a byte a dimension, and into its signs, one bit each.
- `scanning` keeps the bits of all parts in memory and finds those nearest to a query's.
- `storing` is the SQL of it: parts, vectors, and the posts that have none yet.
- `making` makes vectors in the background, a part at a time.
- `index` puts these together: the posts closest to a text or to a post.
- `beside` decides when a search asks it, and where its posts stand beside those found by words.
"""

from storage.search.meaning.encoder import Encoder, installed_encoder
from storage.search.meaning.index import MeaningIndex

__all__ = ["Encoder", "MeaningIndex", "installed_encoder"]
