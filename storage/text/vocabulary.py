"""Tags for posts that carry none: an editor's words for a channel's themes, found in its texts.

A word of the vocabulary stands in a text as a word: whatever its case, width or Unicode form, with
or without the spaces and hyphens inside it, with a Korean particle, a form of 하다 or an English
plural behind it. What stands inside a link is no part of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING

from storage.text.hangul import KEYS, begins_syllable, syllable_starts
from storage.text.hashtags import find_hashtags
from storage.text.keys import is_hangul, keys_of, words
from storage.text.particles import endings_for
from storage.text.titles import title_of
from storage.text.urls import link_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from storage.models import TopicWords
    from storage.text.keys import Word

RULES = 1
"""The version of what follows; another one in an archive means that its posts are tagged anew."""

MOST_TOPICS = 6
"""A post about more than this is about nothing."""

PASSING = 1000
"""In a text of fewer characters one mention makes a topic; in a longer one it is in passing."""

MOST_WORDS = 8  # that an alias may have, as somebody spaces it
OPENING = 3  # keys by which most words are known at once to begin no alias
SHORTEST_PLURAL = 4  # LLMs and GPUs, but not AIs

# What may stand between two words that others write as one.
_GAP = re.compile(r"[ \u00a0\u2010-\u2013&'’/_.·-]?")
# First syllables of what makes a verb of a noun: 투자하는, 투자한, 투자했다, 채용된다, 투자받은.
_VERBS = frozenset("하 한 할 함 합 해 했 되 된 될 됨 됩 돼 됐 받".translate(KEYS).split())

_NO_TOPIC = ""  # what an exception names


class Vocabulary:
    """Some topics, to be found in texts and by their names."""

    def __init__(self, entries: Iterable[TopicWords]) -> None:
        self._topics: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for entry in entries:
            name = entry.topic.name
            self._topics |= dict.fromkeys(map(form, (name, *entry.aliases)), name)
            self._topics |= dict.fromkeys(map(form, entry.exceptions), _NO_TOPIC)
            self._names |= dict.fromkeys(map(form, (name, entry.topic.english)), name)
        self._beginnings = {key[:end] for key in self._topics for end in range(1, len(key))}
        self._openings = {key[:end] for key in self._topics for end in range(1, OPENING + 1)}

    def called(self, name: str) -> str | None:
        """Return the topic that has this name, in either language and however it is written."""
        return self._names.get(form(name))

    def meant(self, word: str) -> str | None:
        """Return the topic that this word or phrase means."""
        return self._topics.get(form(word)) or None

    def words_of(self) -> Iterator[tuple[str, str]]:
        """Yield every name and alias in its form, with its topic."""
        yield from self._names.items()
        yield from ((word, topic) for word, topic in self._topics.items() if topic)

    def topics_of(self, text: str) -> tuple[str, ...]:
        """Return the names of a text's topics, at most six, most mentioned first.

        A long text must mention a topic more than once, unless its title or a hashtag does; where
        nothing is mentioned often enough, the most frequent topic is taken.
        """
        counts = Counter(self._mentions(text))
        shown = {*self._mentions(title_of(text)), *self._mentions("\n".join(find_hashtags(text)))}
        enough = 1 + len(text) // PASSING
        ranked = sorted(counts, key=lambda name: (name not in shown, -counts[name]))
        topics = [name for name in ranked if name in shown or counts[name] >= enough]
        return tuple(topics or ranked[:1])[:MOST_TOPICS]

    def _mentions(self, text: str) -> Iterator[str]:
        """Yield the topic of each mention; of aliases inside one another the longest counts."""
        found = list(words(_without_links(text)))
        at = 0
        while at < len(found):
            topic, length = _NO_TOPIC, 1
            if found[at].term[:OPENING] in self._openings:
                topic, length = self._longest(text, found, at)
            if topic:
                yield topic
            at += length

    def _longest(self, text: str, found: Sequence[Word], at: int) -> tuple[str, int]:
        """Return the topic that the words from here on mention, and how many words do."""
        topic, length = _NO_TOPIC, 1
        for count, (key, term) in enumerate(_runs(text, found, at), 1):
            stem = self._stem(key, term)
            if stem:
                topic, length = self._topics[stem], count
            if key not in self._beginnings:
                break
        return topic, length

    def _stem(self, key: str, term: str) -> str:
        """Return the longest form that a form of the text is, but for grammar at its end."""
        shortest = len(key) - len(keys_of(term)) + 1
        stems = (key[:end] for end in range(len(key), shortest - 1, -1))
        known = (stem for stem in stems if stem in self._topics)
        return next((stem for stem in known if _is_grammar(key, term, len(key) - len(stem))), "")


def form(name: str) -> str:
    """Return what all writings of a name share: its words' terms, run together."""
    return reduce(_joined, (word.term for word in words(name)), "")


def _runs(text: str, found: Sequence[Word], at: int) -> Iterator[tuple[str, str]]:
    """Yield the form of one word, of two and so on while they may be one; and the last term."""
    key = ""
    for place in range(at, min(at + MOST_WORDS, len(found))):
        word = found[place]
        if key and not _GAP.fullmatch(text, found[place - 1].end, word.start):
            break
        key = _joined(key, word.term)
        yield key, word.term


def _joined(key: str, term: str) -> str:
    """Return a form with one more term: joined where the two could be one word.

    Of single letters they could not: "class A I took" says nothing of AI.
    """
    last = key.rpartition(" ")[2]
    if is_hangul(last) and is_hangul(term):
        return key + keys_of(term)
    together = not (is_hangul(last) or is_hangul(term) or _is_letter(last) or _is_letter(term))
    return key + term if together or not key else f"{key} {term}"


def _is_letter(term: str) -> bool:
    return len(term) == 1 and term.isalpha()


def _is_grammar(key: str, term: str, length: int) -> bool:
    """Whether the end of a form, so many keys of its last term, is a particle or a plural."""
    keys = keys_of(term)
    stem, rest = keys[: len(keys) - length], keys[len(keys) - length :]
    if not rest:
        return True
    if not is_hangul(term):
        return rest == "s" and len(key) >= SHORTEST_PLURAL
    return begins_syllable(keys, len(stem)) and (rest in endings_for(stem) or _is_verb(stem, rest))


def _is_verb(stem: str, rest: str) -> bool:
    """Whether a noun of two syllables or more is made a verb by what follows."""
    second = (*syllable_starts(rest), len(rest))[1]
    return len(syllable_starts(stem)) > 1 and rest[:second] in _VERBS


def _without_links(text: str) -> str:
    """Blank out the links, so that words on both sides of one stay apart."""
    parts: list[str] = []
    position = 0
    for span in link_spans(text):
        parts += text[position : span.start], "\n" * (span.end - span.start)
        position = span.end
    return "".join((*parts, text[position:]))
