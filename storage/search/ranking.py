"""Scores a hit by named rules, each of which it can tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.search.plans import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.search.matching import Mark
    from storage.search.plans import Answer, Plan, Slot

WORST_COUNTS = 0.75
"""How much the worst answered word says of a hit; the rest is the average of all."""

SIDE_BY_SIDE, CLOSE, APART = 0, 5, 7
"""Points lost by how near the words stand to each other."""

NEAR = 8  # words between the first and the last of them
NOT_IN_TITLE = 2  # points lost
OFTEN = 3  # times
SELDOM = 2  # points lost
LEAST = 1
MOST = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ranking says of a hit: 1 to 100, and the rules that led there, the main ones first."""

    score: int
    why: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _Bonus:
    lost: int
    rules: tuple[Rule, ...]


def judge(plan: Plan, marks: Sequence[Mark], title: int) -> Verdict:
    """Score a text that fills a plan by how exactly, closely, early and often it does.

    `title` says how many words its title has.
    """
    costs = [_slot_cost(slot, _of_slot(marks, number)) for number, slot in enumerate(plan.slots)]
    worst, mean = max(costs), sum(costs) / len(costs)
    cost = plan.cost + WORST_COUNTS * worst + (1 - WORST_COUNTS) * mean
    bonuses = [_closeness(plan, marks), _early(marks, title), _often(plan, marks)]
    lost = cost + sum(bonus.lost for bonus in bonuses)
    rules = [*_rules(plan, marks), *(rule for bonus in bonuses for rule in bonus.rules)]
    return Verdict(max(LEAST, round(MOST - lost)), tuple(dict.fromkeys(rules)))


def _slot_cost(slot: Slot, marks: Sequence[Mark]) -> int:
    """Return what a slot costs as it is filled: where several words do, the worst of them."""
    return slot.cost + max(one.cost for one in _best(slot, marks))


def _best(slot: Slot, marks: Sequence[Mark]) -> list[Answer]:
    """Return the best answer for each of the slot's words."""
    return [
        min((mark.answer for mark in marks if mark.answer.term in answers), key=_cost)
        for answers in slot.chain
    ]


def _cost(one: Answer) -> int:
    return one.cost


def _of_slot(marks: Sequence[Mark], slot: int) -> list[Mark]:
    return [mark for mark in marks if mark.slot == slot]


def _rules(plan: Plan, marks: Sequence[Mark]) -> list[Rule]:
    """Return the rules by which each slot is best answered."""
    rules = [*plan.rules]
    for number, slot in enumerate(plan.slots):
        answers = _best(slot, _of_slot(marks, number))
        rules += [*slot.rules, *max(answers, key=_cost).rules]
    return rules


def _closeness(plan: Plan, marks: Sequence[Mark]) -> _Bonus:
    """See whether the words stand side by side, in the query's order, or at least near."""
    if len(plan.slots) == 1:
        return _Bonus(SIDE_BY_SIDE, ())
    places = [
        {mark.position for mark in marks if mark.slot == slot} for slot in range(len(plan.slots))
    ]
    if any(_in_a_row(place, plan, places) for place in places[0]):
        return _Bonus(SIDE_BY_SIDE, (Rule.PHRASE,))
    if _narrowest(marks, len(plan.slots)) <= NEAR + len(plan.slots):
        return _Bonus(CLOSE, (Rule.NEAR,))
    return _Bonus(APART, ())


def _in_a_row(place: int, plan: Plan, places: Sequence[set[int]]) -> bool:
    """Whether from this word on every slot is filled where the one before it ends."""
    for slot, found in zip(plan.slots, places, strict=True):
        if place not in found:
            return False
        place += slot.size
    return True


def _narrowest(marks: Sequence[Mark], slots: int) -> int:
    """Return the length, in words, of the shortest stretch with every slot in it."""
    counts: Counter[int] = Counter()
    narrowest = marks[-1].position - marks[0].position
    left = 0
    for mark in marks:
        counts[mark.slot] += 1
        while len(+counts) == slots:
            narrowest = min(narrowest, mark.position - marks[left].position)
            counts[marks[left].slot] -= 1
            left += 1
    return narrowest


def _early(marks: Sequence[Mark], title: int) -> _Bonus:
    """See whether the title answers."""
    if marks[0].word < title:
        return _Bonus(0, (Rule.TITLE,))
    return _Bonus(NOT_IN_TITLE, ())


def _often(plan: Plan, marks: Sequence[Mark]) -> _Bonus:
    """See whether the rarest of what is asked for stands there several times."""
    counts = Counter(mark.slot for mark in marks)
    times = min(counts[number] // slot.size for number, slot in enumerate(plan.slots))
    if times >= OFTEN:
        return _Bonus(0, (Rule.OFTEN,))
    return _Bonus(SELDOM if times == 1 else SELDOM // 2, ())
