"""What ranking, highlighting and the index all go by: which terms answer which word of a query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from storage.text.keys import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Rule(StrEnum):
    """Why a post is a hit; the values are what a hit says in `why`."""

    EXACT = "exact"  # the very word
    PARTICLE = "particle"  # the word with or without a Korean particle
    PREFIX = "prefix"  # the beginning of a word
    INSIDE = "inside"  # a part of a compound
    JOINED = "joined"  # two words of the query written as one
    SPLIT = "split"  # one word of the query written as two
    LAYOUT = "layout"  # typed in the other keyboard layout
    CHOSEONG = "choseong"  # the initial consonants of its syllables
    TYPING = "typing"  # its last syllable half typed
    TYPO = "typo"  # a slip or two away
    FORM = "form"  # another form of an English word
    SOUND = "sound"  # sounds alike in the other script
    FEWER = "fewer"  # one of the words is missing
    TAG = "tag"  # carries the tag
    FILTER = "filter"  # fulfils the operators, no words being asked for
    SHARED = "shared"  # shares rare words with the post it is similar to
    PHRASE = "phrase"  # the words stand side by side, in order
    NEAR = "near"  # the words stand close together
    TITLE = "title"  # in the first line
    OFTEN = "often"  # several times


COST = {
    Rule.EXACT: 0,
    Rule.PARTICLE: 2,
    Rule.PREFIX: 12,
    Rule.INSIDE: 16,
    Rule.JOINED: 6,
    Rule.SPLIT: 8,
    Rule.LAYOUT: 6,
    Rule.CHOSEONG: 14,
    Rule.TYPING: 18,
    Rule.TYPO: 32,
    Rule.FORM: 8,
    Rule.SOUND: 4,
    Rule.SHARED: 0,
}
"""Points lost of 100; what is no slip loses less than what is one, even summed up."""

OTHER_PARTICLE = 10
"""What a particle costs more if it stands in place of one that was asked for: such a word is less
than the very word, even if that stands apart, but more than what merely begins like it."""

NEARLY = COST[Rule.PARTICLE]
"""How many points more may be lost for an answer to be as exact as another."""

SECOND_SLIP = 14
FARTHER = 12
"""What a second slip costs more, and a correction one slip farther than the likeliest."""

UNLIKE, SHORTER, LONG_ENOUGH = 24, 1.3, 5.5
"""What words lack that sound not at all alike, and for each consonant (a vowel is half of one) that
they have fewer than makes an accident unlikely. The square of both is what they cost more."""

SURE, DOUBT = 5, 15
"""Points up to which an answer by sound is meant though a slip may be as likely; and how many more
for each slip that the likeliest correction is away."""


class Answer(NamedTuple):
    """A term of the archive that answers a word of the query, and which of its keys do.

    A tuple rather than a dataclass, because a search makes hundreds of them.
    """

    term: str
    rules: tuple[Rule, ...]
    cost: int
    start: int
    end: int


Answers = dict[str, Answer]
"""The terms that answer one word, each in its best way."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a post must hold: one of the answers, or several side by side, one of each."""

    chain: tuple[Mapping[str, Answer], ...]
    rules: tuple[Rule, ...] = ()
    cost: int = 0

    @property
    def size(self) -> int:
        """How many words side by side fill it."""
        return len(self.chain)


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to read a query: a post is a hit if it fills every slot."""

    slots: tuple[Slot, ...]
    rules: tuple[Rule, ...] = ()
    cost: int = 0

    @property
    def is_possible(self) -> bool:
        """Whether the archive holds any answer for every slot."""
        return bool(self.slots) and all(all(slot.chain) for slot in self.slots)

    @property
    def needs_text(self) -> bool:
        """Whether the index cannot tell alone that a post is a hit: it knows no positions."""
        return any(slot.size > 1 for slot in self.slots)


def narrowed(plan: Plan) -> Plan:
    """Return a plan with only the most exact of its answers."""
    slots = (replace(slot, chain=tuple(map(most_exact, slot.chain))) for slot in plan.slots)
    return replace(plan, slots=tuple(slots))


def expression(plan: Plan) -> str:
    """Write a plan for FTS5: terms only, each quoted, and no term holds a quote."""
    return "({})".format(
        " AND ".join(
            "({})".format(" OR ".join(f'"{term}"' for term in answers))
            for slot in plan.slots
            for answers in slot.chain
        )
    )


def most_exact(answers: Mapping[str, Answer]) -> Answers:
    """Return those of the answers, one at least, that are hardly less exact than the best."""
    least = min(one.cost for one in answers.values())
    return {term: one for term, one in answers.items() if one.cost <= least + NEARLY}


def answer(
    term: str, *rules: Rule, start: int = 0, end: int | None = None, extra: int = 0
) -> Answer:
    """Make an answer by its rules; it is the whole word unless `start` and `end` say which keys."""
    if end is None:
        end = len(keys_of(term))
    return Answer(term, rules, cost_of(rules) + extra, start, end)


def begun_so_far(one: Answer) -> Answer:
    """Return an answer to a word that is still being typed."""
    return one._replace(rules=(*one.rules, Rule.TYPING), cost=one.cost + COST[Rule.TYPING])


def in_other_layout(one: Answer) -> Answer:
    """Return an answer to a word typed in the other layout, which `exact` does not describe."""
    rules = (*(rule for rule in one.rules if rule is not Rule.EXACT), Rule.LAYOUT)
    return one._replace(rules=rules, cost=one.cost + COST[Rule.LAYOUT])


def cost_of(rules: Iterable[Rule]) -> int:
    """Return the points that rules lose together."""
    return sum([COST[rule] for rule in rules])


def best(*answers: Answer) -> Answers:
    """Collect answers, the cheapest for each term."""
    found: Answers = {}
    for one in answers:
        if one.term not in found or one.cost < found[one.term].cost:
            found[one.term] = one
    return found
