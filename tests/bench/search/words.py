"""Which posts hold which words, so that one knows what a query ought to find."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from tests.bench.search import fingers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Test: TypeAlias = Callable[[str], bool]

WORD = re.compile(r"[가-힣]+|[a-z]+")
"""What a person takes for a word: a run of one script. `OpenAI는` is two."""

RAREST = 2
COMMONEST = 0.002  # of the posts
SHORTEST_KOREAN, SHORTEST_ENGLISH = 2, 4  # characters
PARTICLES = (
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에서",
    "으로",
    "로",
    "와",
    "과",
    "도",
    "만",
)
OBJECT = ("을", "를")
NOUN_FORMS = 2  # different particles seen after a word that can take one


def words(text: str) -> list[str]:
    """Return the words of a text in order, in lower case."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def is_korean(word: str) -> bool:
    return word[0] >= "가"


class Words:
    """The words of a corpus's posts, by the posts that hold them."""

    def __init__(self, posts: Sequence[str]) -> None:
        self.posts = posts
        self.postings: dict[str, array[int]] = {}
        for number, post in enumerate(posts):
            for word in set(words(post)):
                self.postings.setdefault(word, array("I")).append(number)

    @cached_property
    def most(self) -> int:
        """In how many posts a word may be, to be drawn."""
        return max(RAREST + 2, int(COMMONEST * len(self.posts)))

    @cached_property
    def by_initials(self) -> dict[str, list[str]]:
        """The Korean words by their 초성."""
        found: dict[str, list[str]] = {}
        for word in self.postings:
            if is_korean(word):
                found.setdefault(fingers.initial_jamo(word), []).append(word)
        return found

    def telling(self, number: int) -> list[str]:
        """Return the words of a post that are neither too short, too rare nor too common."""
        return [word for word in dict.fromkeys(words(self.posts[number])) if self.tells(word)]

    def tells(self, word: str) -> bool:
        shortest = SHORTEST_KOREAN if is_korean(word) else SHORTEST_ENGLISH
        return len(word) >= shortest and RAREST <= self.count(word) <= self.most

    def count(self, word: str) -> int:
        return len(self.postings.get(word, ()))

    def holding(self, *wanted: str) -> frozenset[int]:
        """Return the posts that hold all of these words."""
        return frozenset.intersection(*(frozenset(self.postings.get(w, ())) for w in wanted))

    def beside(self, word: str, fits: Test) -> frozenset[int]:
        """Return the posts that hold a word, and another that fits."""
        return frozenset(
            number
            for number in self.postings[word]
            if any(other != word and fits(other) for other in words(self.posts[number]))
        )

    def unseen(self, texts: Iterable[str]) -> frozenset[str]:
        """Return the texts, in lower case, that stand in no post, not even as a part of a word."""
        everything = "\n".join(map(str.casefold, self.posts))
        return frozenset(text for text in texts if text not in everything)

    def is_noun(self, word: str) -> bool:
        """Whether a word is seen as an object and with another particle, as nouns are."""
        seen = {particle for particle in PARTICLES if word + particle in self.postings}
        return len(seen) >= NOUN_FORMS and not seen.isdisjoint(OBJECT)
