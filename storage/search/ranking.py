"""Scores a hit by named rules, each of which it can tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from storage.search.plans import COST, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from storage.search.matching import Mark
    from storage.search.plans import Answer, Plan, Slot

WORST_COUNTS = 0.45
"""How much the worst answered word says of a hit; the rest is the average of all."""

SIDE_BY_SIDE, CLOSE, APART = 0, 4, 6
"""Points lost by how near the words stand to each other."""

NEAR = 8  # words between the first and the last of them
NOT_IN_TITLE = 2  # points lost
OFTEN = 3  # times
SELDOM = 2  # points lost
SHIFT = 6  # points lost where a word is written with other shifts than typed: 방 is not 빵
AGAIN, MOST_AGAIN = 2, 6
"""Points lost for each better hit that takes inexact words for the same, and in all at most."""

INEXACT = COST[Rule.PREFIX]
"""What words lose from which on they may mean another one just as well."""

WORDS = "words"
"""What is lost because words are not answered exactly goes by this name."""

LEAST = 1
MOST = 100


class Bonus(NamedTuple):
    """What a hit was judged by besides its words: what to call it, the points, the rule earned."""

    name: str
    lost: int
    rules: tuple[Rule, ...] = ()


ALONE = Bonus("", SIDE_BY_SIDE)  # one word has no neighbours
TOGETHER = Bonus(Rule.PHRASE.value, SIDE_BY_SIDE, (Rule.PHRASE,))
NEARBY = Bonus(Rule.NEAR.value, CLOSE, (Rule.NEAR,))
SCATTERED = Bonus("apart", APART)
IN_TITLE = Bonus(Rule.TITLE.value, 0, (Rule.TITLE,))
BELOW_TITLE = Bonus("not in the title", NOT_IN_TITLE)
MANY_TIMES = Bonus(Rule.OFTEN.value, 0, (Rule.OFTEN,))
OTHER_SHIFT = Bonus("other shift", SHIFT)
TWICE = Bonus("twice", SELDOM // 2)
ONCE = Bonus("once", SELDOM)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ranking says of a hit: its points, and what they were lost for.

    Hits go by the points as they are; the score, 1 to 100, is what is told of them.
    """

    points: float
    bonuses: tuple[Bonus, ...]
    plan: Plan | None = None
    answers: tuple[Answer, ...] = ()
    """The answer that fills each slot of the plan."""
    words: float = 0
    """The points lost because words are not answered exactly."""

    @property
    def why(self) -> tuple[Rule, ...]:
        """The rules by which it is a hit: the plan's, each slot's, and those it earned."""
        rules = dict.fromkeys(self.plan.rules if self.plan else ())
        for slot, one in zip(self.plan.slots if self.plan else (), self.answers, strict=True):
            rules |= dict.fromkeys((*slot.rules, *one.rules))
        return tuple(rules | dict.fromkeys(rule for bonus in self.bonuses for rule in bonus.rules))

    @property
    def taken_for(self) -> tuple[str, ...]:
        """What inexact words are taken for; a word by itself rather means what is likeliest."""
        several = self.answers if len(self.answers) > 1 else ()
        return tuple([one.term for one in several if one.cost >= INEXACT])

    @property
    def score(self) -> int:
        """The points as a whole number from 1 to 100."""
        return max(LEAST, round(self.points))

    @property
    def lost(self) -> tuple[tuple[str, float], ...]:
        """The points that it was judged by, those not lost included, each by its name."""
        if self.plan is None:
            return ()
        of_plan = ((rule, 0 if rule is Rule.TAG else self.plan.cost) for rule in self.plan.rules)
        return (
            *((rule.value, cost) for rule, cost in of_plan),
            (WORDS, self.words),
            *((bonus.name, bonus.lost) for bonus in self.bonuses if bonus is not ALONE),
        )


def judge(plan: Plan, marks: Sequence[Mark], title: int) -> Verdict:
    """Score a text that fills a plan by how exactly, closely, early and often it does.

    `title` says how many words its title has.
    """
    filled = [[mark for mark in marks if mark.slot == slot] for slot in range(len(plan.slots))]
    answers = tuple(map(_answer, plan.slots, filled))
    costs = [slot.cost + one.cost for slot, one in zip(plan.slots, answers, strict=True)]
    words = WORST_COUNTS * max(costs) + (1 - WORST_COUNTS) * sum(costs) / len(costs)
    bonuses = (_closeness(plan, filled, marks), _early(marks, title), _often(plan, filled))
    lost = plan.cost + words + sum(bonus.lost for bonus in bonuses)
    return Verdict(MOST - lost, bonuses, plan, answers, words)


def losing(verdict: Verdict, bonus: Bonus) -> Verdict:
    """Let a hit lose these points as well."""
    bonuses = (*verdict.bonuses, bonus)
    return replace(verdict, points=verdict.points - bonus.lost, bonuses=bonuses)


def varied(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Let hits, given best first, lose a little the more of those before them say the same.

    So the first page shows several of the words that one begins or that it may have been.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for one in verdicts:
        meaning = one.taken_for
        if lost := min(AGAIN * seen[meaning], MOST_AGAIN):
            yield losing(one, Bonus("again", lost))
        else:
            yield one
        if meaning:
            seen[meaning] += 1


def _answer(slot: Slot, marks: Sequence[Mark]) -> Answer:
    """Return the best answer that fills a slot; where it takes several words, the worst of them."""
    if slot.size == 1:
        return min([mark.answer for mark in marks], key=_cost)
    best = (
        min((mark.answer for mark in marks if mark.answer.term in answers), key=_cost)
        for answers in slot.chain
    )
    return max(best, key=_cost)


def _cost(one: Answer) -> int:
    return one.cost


def _closeness(plan: Plan, filled: Sequence[Sequence[Mark]], marks: Sequence[Mark]) -> Bonus:
    """See whether the words stand side by side, in the query's order, or at least near."""
    if len(plan.slots) == 1:
        return ALONE
    places = [{mark.position for mark in of_slot} for of_slot in filled]
    if any(_in_a_row(place, plan, places) for place in places[0]):
        return TOGETHER
    if _narrowest(marks, len(plan.slots)) <= NEAR + len(plan.slots):
        return NEARBY
    return SCATTERED


def _in_a_row(place: int, plan: Plan, places: Sequence[set[int]]) -> bool:
    """Whether from this word on every slot is filled where the one before it ends."""
    for slot, found in zip(plan.slots, places, strict=True):
        if place not in found:
            return False
        place += slot.size
    return True


def _narrowest(marks: Sequence[Mark], slots: int) -> int:
    """Return the length, in words, of the shortest stretch with every slot in it."""
    last: dict[int, int] = {}
    narrowest = marks[-1].position - marks[0].position
    for mark in marks:
        last[mark.slot] = mark.position
        if len(last) == slots:
            narrowest = min(narrowest, mark.position - min(last.values()))
    return narrowest


def _early(marks: Sequence[Mark], title: int) -> Bonus:
    """See whether the title answers."""
    return IN_TITLE if marks[0].word < title else BELOW_TITLE


def _often(plan: Plan, filled: Sequence[Sequence[Mark]]) -> Bonus:
    """See whether the rarest of what is asked for stands there several times."""
    times = min(len(marks) // slot.size for slot, marks in zip(plan.slots, filled, strict=True))
    return MANY_TIMES if times >= OFTEN else ONCE if times == 1 else TWICE
