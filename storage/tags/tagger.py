"""Which tags a text has: the hashtags written in it, and the topics that it mentions.

Hashtags are read as Telegram reads them. The rule is TDLib's (`match_hashtags` in
td/telegram/MessageEntity.cpp): letters and decimal digits of any script, `_`, `·` and the
zero-width non-joiner, at least one letter among them, no such character before the `#` and no
second `#` behind. Combining marks count as part of their letter, which TDLib does for Sinhala
alone: without them #हिन्दी would be #ह.

Topics come from a vocabulary, an editor's list of a channel's themes and of the words that mean
them. A word of it is found whatever its case, width or Unicode form, with or without the spaces and
hyphens inside it, with a Korean particle, a form of 하다 or an English plural behind it.

What stands inside a link is neither a hashtag nor a mention of a topic.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache, reduce
from itertools import compress, islice, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from storage.language.hangul import KEYS, begins_syllable, is_felt, syllable_starts
from storage.language.keys import is_hangul, keys_of, sequence, spans, term_of, tokens
from storage.language.korean import endings_for
from storage.language.memo import Memo
from storage.models import title_of
from storage.urls import link_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from storage.models import TopicWords

# Hashtags.

LONGEST_HASHTAG = 256
"""Of a longer hashtag, Telegram takes the first 256 characters."""

_OTHER_CHARACTERS = frozenset("_·\u200c")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_BEFORE_NAME = re.compile(r"\A[\s#]+")
# All of most names.
_PLAIN_NAME = re.compile(r"[0-9A-Za-z_가-힣]+")
# What looks like an address of any kind, so that #section is no hashtag even in ftp://….
_ADDRESS = re.compile(r"://\S*")


# A post that comes in has them asked for by its tags and by its topics.
@lru_cache(maxsize=8)
def find_hashtags(text: str) -> tuple[str, ...]:
    """Return the hashtags of a text, without `#`, as written, in order, each key once."""
    if "#" not in text:
        return ()
    names: dict[str, str] = {}
    for part in _outside_links(text):
        for name in _hashtags(part):
            names.setdefault(hashtag_key(name), name)
    return tuple(names.values())


def hashtag_key(name: str) -> str:
    """Return what all writings of a hashtag share, whatever their case, width or Unicode form."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _BEFORE_NAME.sub("", unicodedata.normalize("NFKC", folded)).rstrip()


def _outside_links(text: str) -> list[str]:
    """Return the text between its links, cut where a `#` would belong to an address."""
    parts: list[str] = []
    position = 0
    for span in link_spans(text):
        parts += _ADDRESS.split(text[position : span.start])
        position = span.end
    return parts + _ADDRESS.split(text[position:])


def _hashtags(text: str) -> list[str]:
    names: list[str] = []
    sign = text.find("#")
    while sign >= 0:
        end = _word_end(text, sign + 1)
        name = text[sign + 1 : end][:LONGEST_HASHTAG]
        free = sign == 0 or not _is_part(text[sign - 1])
        if free and text[end : end + 1] != "#" and any(map(_is_letter, name)):
            names.append(name)
        sign = text.find("#", end)
    return names


def topic_key(name: str) -> str:
    """Return the key of a topic's tag, which no hashtag can have."""
    return f" {hashtag_key(name)}"


def _word_end(text: str, start: int) -> int:
    plain = _PLAIN_NAME.match(text, start)
    end = plain.end() if plain else start
    while end < len(text) and _is_part(text[end]):
        end += 1
    return end


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] == "L"


def _is_part(character: str) -> bool:
    """Whether a character may stand in a hashtag."""
    category = unicodedata.category(character)
    return (
        category[0] == "L"
        or category == "Nd"
        or character in _OTHER_CHARACTERS
        or (category in ("Mn", "Mc") and ord(character) not in _VARIATION_SELECTORS)
    )


# Topics.

TOPIC_RULES = 1
"""The version of how topics are found; an archive with another one has its posts tagged anew."""

MOST_TOPICS = 6
"""Topics of a post at most: one that is about more is about nothing."""

LONG_TEXT = 1000
"""Characters of a text from which on a single mention is in passing and makes no topic."""

MOST_WORDS = 8  # of an alias, however it is spaced
MOST_KNOWN = 1 << 16  # words whose topics are remembered
SHORTEST_PLURAL = 4  # LLMs and GPUs, but not AIs

# What may stand between two words that others write as one.
_GAP = re.compile(r"[ \u00a0\u2010-\u2013&'’/_.·-]?")
# First syllables of what makes a verb of a noun: 투자하는, 투자한, 투자했다, 채용된다, 투자받은.
_VERBS = frozenset("하 한 할 함 합 해 했 되 된 될 됨 됩 돼 됐 받".translate(KEYS).split())

_NO_TOPIC = ""  # what the phrases mean that are exceptions


_NONE: frozenset[str] = frozenset()


class _Mention(NamedTuple):
    """A topic that words mention, or none; how many words; how a word begins that may belong to it.

    The beginnings are those of terms: a key, led by the mark of Hangul (see `_opening`).
    """

    topic: str
    length: int = 1
    openings: frozenset[str] = _NONE


class Vocabulary:
    """The topics of an archive; finds them in texts, and by their names."""

    def __init__(self, entries: Iterable[TopicWords]) -> None:
        self._topics: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for entry in entries:
            name = entry.topic.name
            self._topics |= dict.fromkeys(map(name_key, (name, *entry.aliases)), name)
            self._topics |= dict.fromkeys(map(name_key, entry.exceptions), _NO_TOPIC)
            self._names |= dict.fromkeys(map(name_key, (name, *entry.topic.names.values())), name)
        openings: defaultdict[str, set[str]] = defaultdict(set)
        for key in self._topics:
            for end in range(1, len(key)):
                openings[key[:end]].add(_opening(key, end))
        self._openings = {beginning: frozenset(found) for beginning, found in openings.items()}
        # A few thousand words make up most of any text.
        self._of_word = Memo(self._of_new_word, MOST_KNOWN)

    def topic_named(self, name: str) -> str | None:
        """Return the topic that has this name, in any language and however it is written."""
        return self._names.get(name_key(name))

    def topic_meant(self, word: str) -> str | None:
        """Return the topic that this word or phrase means."""
        return self._topics.get(name_key(word)) or None

    def topics_of(self, text: str) -> tuple[str, ...]:
        """Return the names of a text's topics, at most six, most mentioned first.

        A long text must mention a topic more than once, unless its title or a hashtag does; where
        nothing is mentioned often enough, the most frequent topic is taken.
        """
        mentions = list(self._mentions(text))
        if len(set(mentions)) <= 1:
            return tuple(mentions[:1])
        counts = Counter(mentions)
        shown = set(self._mentions("\n".join((title_of(text), *find_hashtags(text)))))
        enough = 1 + len(text) // LONG_TEXT
        ranked = sorted(counts, key=lambda name: (name not in shown, -counts[name]))
        topics = [name for name in ranked if name in shown or counts[name] >= enough]
        return tuple(topics or ranked[:1])[:MOST_TOPICS]

    def _mentions(self, text: str) -> Iterator[str]:
        """Yield the topic of each mention; of aliases inside one another the longest counts."""
        if not (self._topics and text):
            return
        text = _without_links(text)
        terms = sequence(text)
        end = 0
        mentions = list(map(self._of_word.__getitem__, terms))
        for at, known in compress(enumerate(mentions), mentions):
            if known is None or at < end:
                continue
            found = known
            if _may_go_on(known, terms, at + 1):
                found = self._longest(terms[at : at + MOST_WORDS], known)
                if found.length > 1:  # whether they are one depends on what stands between them
                    together = _together(text, at, found.length)
                    if together < found.length:
                        found = self._longest(terms[at : at + together], known)
            if found.topic:
                yield found.topic
            end = at + found.length

    def _of_new_word(self, term: str) -> _Mention | None:
        """Return the mention that a word is by itself, or may begin."""
        topic = self._topics.get(self._stem(term, term), _NO_TOPIC)
        openings = self._openings.get(term, _NONE)
        return _Mention(topic, 1, openings) if topic or openings else None

    def _longest(self, terms: Sequence[str], found: _Mention) -> _Mention:
        """Return the longest mention that begins with the first of some terms, at least `found`."""
        key = terms[0]
        for count, term in enumerate(terms[1:], 2):
            key = _joined(key, term)
            stem = self._stem(key, term)
            if stem:
                found = _Mention(self._topics[stem], count)
            if key not in self._openings:
                break
        return found

    def _stem(self, key: str, term: str) -> str:
        """Return the longest name that `key` begins with, if grammar is all behind it; else "".

        `key` is a stretch of the text in the spelling of `name_key`, `term` its last word.
        """
        known: list[str] = []
        for end in range(len(key) - len(keys_of(term)) + 1, len(key) + 1):
            beginning = key[:end]
            if beginning in self._topics:
                known.append(beginning)
            if beginning not in self._openings:
                break
        grammatical = (stem for stem in reversed(known) if _is_grammar(key, term, len(stem)))
        return next(grammatical, "")


def name_key(name: str) -> str:
    """Return what all writings of a name share: its words' terms, run together."""
    return reduce(_joined, (word.term for word in tokens(name)), "")


def _opening(key: str, end: int) -> str:
    """Return how the term begins that a name's key goes on with behind its first `end` signs."""
    rest = key[end:].lstrip()
    if is_hangul(rest):
        return rest[:2]
    goes_on = rest == key[end:] and is_hangul(key[:end].rpartition(" ")[2])
    return term_of(rest[:1], hangul=goes_on)


def _may_go_on(known: _Mention, terms: Sequence[str], behind: int) -> bool:
    """Whether the term behind a mention, if any, may belong to it; that of a lone mark is empty."""
    if behind == len(terms):
        return False
    term = terms[behind]
    return not (term and known.openings.isdisjoint((term[0], term[:2])))


def _together(text: str, at: int, most: int) -> int:
    """Return how many words of a text from a place on may make one name, of so many at most."""
    words = pairwise(islice(spans(text), at, at + most))
    joined = takewhile(lambda two: _GAP.fullmatch(text, two[0][1], two[1][0]), words)
    return 1 + sum(1 for _ in joined)


def _joined(key: str, term: str) -> str:
    """Return a form with one more term: joined where the two could be one word.

    Of single letters they could not: "class A I took" says nothing of AI.
    """
    last = key.rpartition(" ")[2]
    if is_hangul(last) and is_hangul(term):
        return key + keys_of(term)
    together = not (
        is_hangul(last) or is_hangul(term) or _is_single_letter(last) or _is_single_letter(term)
    )
    return key + term if together or not key else f"{key} {term}"


def _is_single_letter(term: str) -> bool:
    return len(term) == 1 and term.isalpha()


def _is_grammar(key: str, term: str, at: int) -> bool:
    """Whether what stands in `key` from `at` on is grammar: a particle, a verb's ending, plural s.

    `term` is the last word of `key`; `at` lies in it.
    """
    keys = keys_of(term)
    at -= len(key) - len(keys)
    stem, rest = keys[:at], keys[at:]
    if not rest:
        return True
    if not is_hangul(term):
        return rest == "s" and len(key) >= SHORTEST_PLURAL
    if is_felt(keys, at):
        return True
    return begins_syllable(keys, at) and (rest in endings_for(stem) or _is_verb(stem, rest))


def _is_verb(stem: str, rest: str) -> bool:
    """Whether a noun of two syllables or more is made a verb by what follows."""
    second = (*syllable_starts(rest), len(rest))[1]
    return len(syllable_starts(stem)) > 1 and rest[:second] in _VERBS


def _without_links(text: str) -> str:
    """Blank out the links, so that words on both sides of one stay apart."""
    spans = link_spans(text)
    if not spans:
        return text  # itself, whose terms are asked for again
    parts: list[str] = []
    position = 0
    for span in spans:
        parts += text[position : span.start], "\n" * (span.end - span.start)
        position = span.end
    return "".join((*parts, text[position:]))
