"""Answers a query in one pass: parse, expand, retrieve, rank, present."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from storage.database.columns import json_ids
from storage.language.hangul import is_shifted
from storage.language.keys import sequence
from storage.models import Hit, Hits, Mistake, Order, title_of
from storage.search.expand import expand
from storage.search.expand.dictionary import Dictionary
from storage.search.expand.slips import host_meant
from storage.search.index.writer import character_of, holding_any
from storage.search.meaning.beside import Beside, beside
from storage.search.parse import parse, plain
from storage.search.parse.operators import OPERATORS, read, tagged
from storage.search.present import explained
from storage.search.present.snippets import best_matches, snippet, spots_of
from storage.search.present.suggestions import suggestions
from storage.search.rank import Scored, Scorer
from storage.search.rank.weights import CORRECTED, Reason
from storage.search.retrieve import MOST_RANKED, Candidates, Retrieval
from storage.search.retrieve.phrases import literal, pattern, terms_of, unwanted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from storage.models import Explanation, Post
    from storage.search.expand.alternatives import Word
    from storage.search.meaning import MeaningIndex
    from storage.search.parse import Query
    from storage.search.parse.operators import Demand, Filter
    from storage.search.retrieve.phrases import PhraseTerms

Load: TypeAlias = "Callable[[sqlite3.Connection, Sequence[int]], Sequence[Post]]"
"""Reads posts by their ids, in this order."""

LOOKED_INTO = 20
"""Posts, the best so far, whose texts are read for their titles and letters."""

MOST_CHECKED = 5000
"""Posts, the newest, that are looked into for phrases."""

ANY = "SELECT 1 FROM posts WHERE {} LIMIT 1"
# As good as a count for information, and does not read all posts.
NUMBER = "SELECT coalesce(max(id), 0) FROM posts"
SEQUENCES = """
SELECT posts.id, ordinal, terms FROM json_each(?)
CROSS JOIN posts ON posts.id = value CROSS JOIN post_sequences ON post_id = value
"""
TEXTS = "SELECT posts.id, searched FROM json_each(?) CROSS JOIN posts ON posts.id = value"
SORTED = """
SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(?))
ORDER BY {} ordinal DESC, id DESC
"""
SORTS = {
    Order.NEWEST: SORTED.format(""),
    Order.REACTIONS: SORTED.format("reactions DESC, coalesce(views, 0) DESC,"),
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """What every hit fulfils: filters, phrases, and the phrases that it must not hold."""

    filters: tuple[Filter, ...]
    phrases: tuple[PhraseTerms, ...]
    unwanted: tuple[PhraseTerms, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A query on its way: the words as expanded, the candidates, and those scored, best first."""

    query: Query
    words: tuple[Word, ...]
    conditions: Conditions
    candidates: Candidates
    scorer: Scorer
    ranked: tuple[Scored, ...]

    @property
    def ids(self) -> list[int]:
        """The hits, best first: those that were scored, then the others as they were found."""
        first = [one.post_id for one in self.ranked]
        return [*dict.fromkeys([*first, *self.candidates.ids])]

    @property
    def absent(self) -> tuple[str, ...]:
        """The words, as typed, for which the archive holds nothing."""
        return tuple(word.asked.typed for word in self.words if word.is_absent and word.tells)


def find(
    connection: sqlite3.Connection,
    query: str,
    load: Load,
    *,
    limit: int,
    offset: int = 0,
    order: Order = Order.RELEVANCE,
    meaning: MeaningIndex | None = None,
) -> Hits:
    """Return a page of the posts that answer a query. Raises InvalidQuery if it asks nothing."""
    answer = answered(connection, query)
    near = _close_in_meaning(connection, answer, meaning)
    ids = near.ids
    if order in SORTS:
        ids = [post_id for (post_id,) in connection.execute(SORTS[order], (json_ids(ids),))]
    page = _read(connection, answer, ids[offset : offset + limit])
    posts = load(connection, [scored.post_id for scored, _ in page])
    hits = [
        near.told(_hit(answer, scored, text, post, rank), text)
        for rank, ((scored, text), post) in enumerate(zip(page, posts, strict=True), offset + 1)
    ]
    return Hits(
        items=tuple(hits),
        total=len(ids),
        offset=offset,
        all_words=answer.candidates.holding_all,
        by_meaning=len(near.alone),
        complete=answer.candidates.complete,
        read_as=_read_as(answer, *page[0]) if page else None,
        absent=answer.absent,
        mistakes=answer.conditions.mistakes,
        suggestions=_instead(connection, query, answer),
    )


def explain(
    connection: sqlite3.Connection, query: str, meaning: MeaningIndex | None = None
) -> Explanation:
    """Return the stages of a search up to its candidates. Raises InvalidQuery."""
    answer = answered(connection, query)
    near = _close_in_meaning(connection, answer, meaning)
    return explained(answer.words, answer.candidates.tries, near.close)


def _close_in_meaning(
    connection: sqlite3.Connection, answer: Answer, meaning: MeaningIndex | None
) -> Beside:
    """Return the hits by words, and beside them those by meaning where there is a model."""
    scores = {one.post_id: answer.scorer.percent(one) for one in answer.ranked if meaning}
    by_words = {post_id: scores.get(post_id, 0) for post_id in answer.ids}
    filters = answer.conditions.filters
    return beside(connection, meaning, answer.query, answer.words, filters, by_words)


def holding_all(
    connection: sqlite3.Connection, query: str, limit: int
) -> tuple[list[int], tuple[Word, ...]]:
    """Return the posts that hold all words of a query, the best first, and the words as expanded.

    Raises InvalidQuery.
    """
    answer = answered(connection, query)
    ids = [one.post_id for one in answer.ranked if _holds_all(answer.words, one)]
    return ids[:limit], answer.words


def answered(connection: sqlite3.Connection, query: str) -> Answer:
    """Parse, expand, retrieve and rank. Raises InvalidQuery if the query asks nothing."""
    asked = parse(query)
    dictionary = Dictionary(connection)
    asked, conditions = _conditions(connection, dictionary, asked)
    (posts,) = connection.execute(NUMBER).fetchone()
    words = expand(dictionary, asked.words, posts, [*chain.from_iterable(asked.phrases)])
    candidates = _candidates(connection, words, conditions)
    if not words and asked.tags:
        shown = [*chain.from_iterable(tag.words for tag in asked.tags)]
        words = expand(dictionary, (), posts, shown)
    characters = _characters(dictionary, words, conditions)
    candidates = _fulfilling(connection, candidates, conditions, characters)
    scorer = Scorer(words, characters)
    rows = connection.execute(
        SEQUENCES, (json_ids(candidates.ids[: candidates.worth_ranking]),)
    ).fetchall()
    ranked = _ranked(connection, scorer, rows)
    words = tuple(_without_absent(words, ranked))
    if words:
        gone = {one.post_id for one in ranked if not one.matches}
        ranked = [one for one in ranked if one.matches]
        kept = tuple(post_id for post_id in candidates.ids if post_id not in gone)
        holding = min(_holding_all(words, ranked, candidates), len(kept))
        candidates = replace(candidates, ids=kept, holding_all=holding)
    return Answer(asked, words, conditions, candidates, scorer, tuple(ranked))


def _without_absent(words: Sequence[Word], ranked: Sequence[Scored]) -> Iterator[Word]:
    """Make words absent for which only several terms in a row would stand, as no post has them."""
    held = {match.word for one in ranked for match in one.matches}
    for place, word in enumerate(words):
        in_a_row = all(" " in term for term in word.alternatives)
        yield replace(word, alternatives={}) if in_a_row and place not in held else word


def _holding_all(words: Sequence[Word], ranked: Sequence[Scored], found: Candidates) -> int:
    """Return how many candidates hold every word, counted where all were ranked."""
    if len(found.ids) > found.worth_ranking:
        return found.holding_all
    return sum(_holds_all(words, one) for one in ranked)


def _holds_all(words: Sequence[Word], one: Scored) -> bool:
    """Whether a post holds every word that tells something."""
    held = {match.word for match in one.matches}
    return all(place in held for place, word in enumerate(words) if word.tells)


def _conditions(
    connection: sqlite3.Connection, dictionary: Dictionary, query: Query
) -> tuple[Query, Conditions]:
    """Turn tags and demands into filters; those that no post can fulfil are left out.

    A tag that the archive does not have is taken for the words of its name.
    """
    known = {tag: one for tag in query.tags if _fits_any(connection, one := tagged(tag.name))}
    filters, mistakes = [*known.values()], []
    for demand in query.demands:
        found = read(demand)
        must_match = OPERATORS[demand.operator].must_match and not demand.negated
        if found and (not must_match or _fits_any(connection, found)):
            filters.append(found)
            continue
        meant = _host_meant(connection, demand)
        if meant and (found := read(replace(demand, value=meant))):
            filters.append(found)
        mistakes.append(Mistake(operator=demand.operator, value=demand.value, meant=meant))
    names = chain.from_iterable(tag.words for tag in query.tags if tag not in known)
    conditions = Conditions(
        tuple(filters),
        tuple(literal(dictionary, phrase) for phrase in query.phrases),
        tuple(unwanted(dictionary, phrase) for phrase in query.without),
        tuple(mistakes),
    )
    return replace(query, words=(*query.words, *names), tags=tuple(known)), conditions


def _host_meant(connection: sqlite3.Connection, demand: Demand) -> str | None:
    names_host = OPERATORS[demand.operator].names_host and demand.value
    return host_meant(connection, demand.value.lower()) if names_host else None


def _fits_any(connection: sqlite3.Connection, one: Filter) -> bool:
    found = connection.execute(one.known or ANY.format(one.sql), one.values)
    return found.fetchone() is not None


def _candidates(
    connection: sqlite3.Connection, words: Sequence[Word], conditions: Conditions
) -> Candidates:
    required = [holding_any(part) for phrase in conditions.phrases for part in phrase]
    excluded = [holding_any(phrase[0]) for phrase in conditions.unwanted if len(phrase) == 1]
    retrieval = Retrieval(connection, conditions.filters, required, excluded)
    if words:
        return retrieval.candidates(words)
    if not (conditions.filters or conditions.phrases or conditions.unwanted):
        return Candidates()  # only mistaken operators were asked for
    ids = retrieval.fulfilling(MOST_CHECKED)
    return Candidates(tuple(ids), min(len(ids), MOST_RANKED), len(ids))


def _characters(
    dictionary: Dictionary, words: Sequence[Word], conditions: Conditions
) -> dict[str, str]:
    """Return the character that stands for each term of a query in the sequences of posts."""
    phrases = [*conditions.phrases, *conditions.unwanted]
    every = {part for word in words for term in word.alternatives for part in term.split(" ")}
    every |= terms_of(phrases)
    every |= {term for word in words for term in word.perhaps}
    return {term: character_of(id_) for term, (id_, _) in dictionary.entries(every).items()}


def _fulfilling(
    connection: sqlite3.Connection,
    candidates: Candidates,
    conditions: Conditions,
    characters: dict[str, str],
) -> Candidates:
    """Keep the candidates that hold all phrases and none of the unwanted ones."""
    wanted = [pattern(phrase, characters) for phrase in conditions.phrases if len(phrase) > 1]
    unwanted = [pattern(phrase, characters) for phrase in conditions.unwanted if len(phrase) > 1]
    if not (wanted or unwanted):
        return candidates
    rows = {
        post_id: terms
        for post_id, _, terms in connection.execute(SEQUENCES, (json_ids(candidates.ids),))
    }
    kept = tuple(
        post_id
        for post_id in candidates.ids
        if all(one.search(rows[post_id]) for one in wanted)
        and not any(one.search(rows[post_id]) for one in unwanted)
    )
    return replace(candidates, ids=kept, holding_all=min(candidates.holding_all, len(kept)))


def _ranked(
    connection: sqlite3.Connection, scorer: Scorer, rows: Sequence[tuple[int, int, str]]
) -> list[Scored]:
    """Score posts by their sequences, then the best of them by their texts as well."""
    scored = scorer.score(rows)
    best = scored[:LOOKED_INTO]
    ids = json_ids(one.post_id for one in best)
    texts = dict(connection.execute(TEXTS, (ids,)).fetchall())
    looked_into = []
    for one in best:
        text = texts[one.post_id]
        title = frozenset(sequence(title_of(text)))
        written = {
            place: letters for place, (_, letters) in best_matches(text, one.matches).items()
        }
        looked_into.append(scorer.with_text(one, title, written))
    return [*sorted(looked_into, key=_order, reverse=True), *scored[LOOKED_INTO:]]


def _order(one: Scored) -> tuple[float, int, int]:
    return one.order


def _read(
    connection: sqlite3.Connection, answer: Answer, ids: Sequence[int]
) -> list[tuple[Scored, str]]:
    """Return the posts of a page as scored, and their texts."""
    scored = {one.post_id: one for one in answer.ranked}
    if others := [post_id for post_id in ids if post_id not in scored]:
        rows = connection.execute(SEQUENCES, (json_ids(others),)).fetchall()
        scored |= {one.post_id: one for one in answer.scorer.score(rows)}
    texts = dict(connection.execute(TEXTS, (json_ids(ids),)).fetchall())
    return [(scored[post_id], texts[post_id]) for post_id in ids]


def _hit(answer: Answer, scored: Scored, text: str, post: Post, rank: int) -> Hit:
    reasons = [reason.value for reason in answer.scorer.reasons(scored)]
    if answer.query.tags:
        reasons.append(Reason.TAG.value)
    worths = [word.information for word in answer.words]
    return Hit(
        post=post,
        rank=rank,
        score=answer.scorer.percent(scored),
        why=tuple(reasons) or (Reason.FILTER.value,),
        snippet=snippet(text, spots_of(text, scored.matches, worths)),
        parts=tuple(scored.parts.items()),
    )


def _read_as(answer: Answer, best: Scored, text: str) -> str | None:
    """Return the query as it was read, where the best hit shows that a word was corrected."""
    corrected = {
        place: written
        for place, (one, written) in best_matches(text, best.matches).items()
        if answer.words[place].tells
        if CORRECTED & {*one.reasons} or is_shifted(answer.words[place].asked.typed, written)
    }
    if not corrected:
        return None
    return " ".join(
        corrected.get(place, word.asked.typed) for place, word in enumerate(answer.words)
    )


def _instead(connection: sqlite3.Connection, query: str, answer: Answer) -> tuple[str, ...]:
    """Return queries to offer: plain words if phrases or tags leave no hit, or likely slips."""
    if not answer.candidates.ids and (answer.query.phrases or answer.query.tags):
        words = plain(query)
        return (words,) if answered(connection, words).candidates.ids else ()
    return suggestions(connection, query, answer.words)
