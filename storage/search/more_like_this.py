"""Finds the posts most like a given one: by links, tags and words, the rarer the better.

Where there is a model of meaning, by that too; words in common then count only between posts that
are about the same: any two long posts share some by chance.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from storage.errors import PostNotFound
from storage.language.keys import is_hangul, keys_of, places, sequence, term_of, terms
from storage.language.korean import endings_for, stems
from storage.language.lexicon.wordlists import FUNCTION_WORDS
from storage.models import Hit, Span
from storage.search.expand.dictionary import Dictionary
from storage.search.meaning.beside import BY_MEANING
from storage.search.present.snippets import Spot, snippet
from storage.search.rank.weights import BEST, Reason
from storage.tags import TAGGED
from storage.urls import link_spans

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from storage.search.engine import Load
    from storage.search.meaning import MeaningIndex

COMMON = 0.2
"""The share of all posts from which on what they have in common says nothing."""

FEWEST_COMMON = 3
"""Posts of a small archive from which on that is so."""

LINK = 0.6
TAG = 0.25
"""How alike two posts are, from 0 to 1, if they share nothing but this and no other post does."""

MOST_POSTS = 200
"""Posts, the newest, that are looked at for each link and tag."""

# The address of a link that was cut can be that of many pages.
LINKS = """
SELECT url, id, shares FROM links
WHERE NOT truncated AND id IN (SELECT link_id FROM post_links WHERE post_id = ?)
"""
# A topic and the hashtag of its name are one thing, by whichever of them two posts share it.
TAGS = """
SELECT trim(key), id, posts FROM tags
WHERE id IN (SELECT tag_id FROM tagged_posts WHERE post_id = ?)
"""
OF_LINK = """
SELECT post_id, ordinal FROM post_links WHERE link_id = :link
ORDER BY ordinal DESC, post_id DESC LIMIT :limit
"""
OF_TAG = TAGGED.format("")

MOST_TELLING = 40
"""How many of the post's words, the rarest that others have as well, are compared."""

FEWEST_KEYS = 3
"""Shorter words are particles, numbers and articles."""

FEWEST_SHARED = 2
"""One word in common is an accident."""

SAME_SUBJECT = 0.2
"""The closeness in meaning from which on two posts are about the same; half of all pairs are not.
"""

BY_LINK = "link"
BY_TAG = "tag"
"""Why a post is similar, besides the words that it shares."""

LEAST = 8
"""The score, of 100, from which on a post is similar."""

LONG = 100
"""Different words from which on a text is long."""

COMPARED = 30
"""How many posts, those that share most, are read."""

PER_WORD = 200
"""Posts, the newest, that are looked at for each word."""

TEXT = "SELECT searched FROM posts WHERE id = ?"
POSTS = "SELECT count(*) FROM posts"
HOLDING = "SELECT rowid FROM post_terms WHERE post_terms MATCH ? ORDER BY rowid DESC LIMIT ?"

Forms = frozenset[str]
"""The forms of one word, with this particle and that."""

Weights = dict[Forms, float]
"""Words and how much each says."""


class Shared(NamedTuple):
    """How alike a post is to the one asked about, from 0 to 1, by its links and by its tags."""

    by_link: float = 0.0
    by_tag: float = 0.0


class _Common(NamedTuple):
    """What a post has in common with the one asked about; `closeness` is that in meaning."""

    shared: Shared
    words: tuple[Forms, ...]
    closeness: float = 0.0

    @property
    def meaning(self) -> float:
        """How alike the posts are by what they mean, from 0 to 1."""
        return max(0.0, (self.closeness - SAME_SUBJECT) / (1 - SAME_SUBJECT))


def similar(
    connection: sqlite3.Connection,
    post_id: int,
    load: Load,
    *,
    limit: int,
    meaning: MeaningIndex | None = None,
) -> tuple[Hit, ...]:
    """Return the posts most like one, best first. Raises PostNotFound."""
    row = connection.execute(TEXT, (post_id,)).fetchone()
    if row is None:
        raise PostNotFound(post_id)
    (posts,) = connection.execute(POSTS).fetchone()
    telling = _telling(connection, row[0], posts)
    common = _common(_shared(connection, post_id, posts), _sharing(connection, telling, post_id))
    likeness = {other: _likeness(of_other, telling) for other, of_other in common.items()}
    most = sorted(likeness, key=lambda other: (likeness[other], other))[-COMPARED:]
    if meaning is not None:
        common = _by_meaning(common, meaning.alike(connection, post_id, most))
        most = [other for other in common if other in most or common[other].meaning]
    texts = {other: connection.execute(TEXT, (other,)).fetchone()[0] for other in most}
    scores = {
        other: round(BEST * _likeness(common[other], telling, len(terms(texts[other]))))
        for other in most
    }
    best = sorted(most, key=lambda other: (scores[other], other), reverse=True)
    ids = [other for other in best if scores[other] >= LEAST][:limit]
    return tuple(
        Hit(
            post=post,
            rank=rank,
            score=scores[other],
            why=_why(common[other]),
            snippet=snippet(texts[other], _spots(texts[other], common[other].words, telling)),
        )
        for rank, (other, post) in enumerate(zip(ids, load(connection, ids), strict=True), start=1)
    )


def _shared(connection: sqlite3.Connection, post_id: int, posts: int) -> dict[int, Shared]:
    """Return the posts that share a link or a tag with one; there are `posts` in all."""
    linked = _by_post(connection, post_id, posts, (LINKS, OF_LINK, LINK))
    tagged = _by_post(connection, post_id, posts, (TAGS, OF_TAG, TAG))
    return {
        other: Shared(linked.get(other, 0.0), tagged.get(other, 0.0))
        for other in (linked.keys() | tagged.keys()) - {post_id}
    }


def _together(likenesses: Iterable[float]) -> float:
    """Return how alike two posts are by several things: more than by any of them, never above 1."""
    return 1 - math.prod(1 - likeness for likeness in likenesses)


def _rarity(count: int, posts: int) -> float:
    """Return 1 for what two of all posts have, less the more do, 0 for what is common."""
    common = max(COMMON * posts, FEWEST_COMMON)
    return min(max(math.log(common / count) / math.log(common / 2), 0.0), 1.0)


def _by_post(
    connection: sqlite3.Connection, post_id: int, posts: int, kind: tuple[str, str, float]
) -> dict[int, float]:
    """Return how alike other posts are by what they share of a kind."""
    of_post, sharing, worth = kind
    found: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for name, id_, count in connection.execute(of_post, (post_id,)).fetchall():
        likeness = worth * _rarity(count, posts)
        if likeness:
            values = {"link": id_, "tag": id_, "limit": MOST_POSTS, "offset": 0}
            for other, _ in connection.execute(sharing, values):
                found[other][name] = max(likeness, found[other].get(name, 0.0))
    return {other: _together(likenesses.values()) for other, likenesses in found.items()}


def _common(
    shared: Mapping[int, Shared], words: Mapping[int, Sequence[Forms]]
) -> dict[int, _Common]:
    return {
        other: _Common(shared.get(other, Shared()), tuple(words.get(other, ())))
        for other in shared.keys() | words.keys()
    }


def _by_meaning(
    common: Mapping[int, _Common], closeness: Mapping[int, float]
) -> dict[int, _Common]:
    """Return what posts have in common by meaning too, without words shared by chance."""
    nothing = _Common(Shared(), ())
    known = {
        other: common.get(other, nothing)._replace(closeness=near)
        for other, near in closeness.items()
    }
    by_chance = {other: one._replace(words=()) for other, one in known.items() if not one.meaning}
    return {**common, **known, **by_chance}


def _sharing(
    connection: sqlite3.Connection, telling: Weights, post_id: int
) -> dict[int, list[Forms]]:
    """Return the posts that share words with this one, and which."""
    sharing: defaultdict[int, list[Forms]] = defaultdict(list)
    for word in telling:
        for other in _holding(connection, word):
            sharing[other].append(word)
    sharing.pop(post_id, None)
    return {other: words for other, words in sharing.items() if len(words) >= FEWEST_SHARED}


def _telling(connection: sqlite3.Connection, text: str, posts: int) -> Weights:
    """Return the rarest words of a text that other posts have as well, and what each says."""
    dictionary = Dictionary(connection)
    weights: Weights = {}
    for stem in {_stem(term) for term in terms(_prose(text)) - FUNCTION_WORDS} - FUNCTION_WORDS:
        if len(keys_of(stem)) < FEWEST_KEYS or keys_of(stem).isdigit():
            continue
        found = dictionary.posts(_forms(stem))
        count = sum(found.values())
        if 1 < count <= max(COMMON * posts, FEWEST_SHARED):
            weights[frozenset(found)] = math.log(1 + posts / count)
    rarest = sorted(weights, key=lambda word: (-weights[word], min(word)))
    return {word: weights[word] for word in rarest[:MOST_TELLING]}


def _prose(text: str) -> str:
    """Return a text without its links: the pieces of an address are no words of the author's."""
    for span in reversed(link_spans(text)):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def _stem(term: str) -> str:
    """Return a term without its particle."""
    if not is_hangul(term):
        return term
    return term_of(next(iter(stems(keys_of(term))), keys_of(term)), hangul=True)


def _forms(stem: str) -> Iterable[str]:
    """Yield a stem with every particle."""
    yield stem
    if is_hangul(stem):
        yield from (stem + ending for ending in endings_for(keys_of(stem)))


def _holding(connection: sqlite3.Connection, forms: Forms) -> list[int]:
    match = " OR ".join(f'"{term}"' for term in sorted(forms))
    return [post_id for (post_id,) in connection.execute(HOLDING, (match, PER_WORD))]


def _weight(words: Iterable[Forms], telling: Weights) -> float:
    return sum(telling[word] for word in words)


def _likeness(common: _Common, telling: Weights, length: int = 0) -> float:
    """Return from 0 to 1 how alike two posts are; by words, less so if the other is long.

    A text of many words shares some of them with every other.
    """
    share = _weight(common.words, telling) / _weight(telling, telling) if common.words else 0.0
    by_words = share / math.sqrt(1 + length / LONG)
    return _together((*common.shared, by_words, common.meaning))


def _why(common: _Common) -> tuple[str, ...]:
    """Return why a post is similar, what says most first."""
    reasons = {
        BY_LINK: common.shared.by_link,
        BY_TAG: common.shared.by_tag,
        BY_MEANING: common.meaning,
        Reason.SHARED.value: common.words,
    }
    return tuple(reason for reason, found in reasons.items() if found)


def _spots(text: str, words: Sequence[Forms], telling: Weights) -> list[Spot]:
    """Return where the shared words stand in a text."""
    number = {term: at for at, word in enumerate(words) for term in word}
    return [
        Spot(Span(*place), number[term], telling[words[number[term]]])
        for place, term in zip(places(text), sequence(text), strict=True)
        if term in number
    ]
