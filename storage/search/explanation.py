"""Tells by which ways a query found its hits, for whoever wonders."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from storage.models import Answered, Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from storage.search.plans import Answer, Plan, Slot

SHOWN = 8
"""Terms told of for each word: the best ones."""


def explained(plans: Iterable[Plan]) -> tuple[Way, ...]:
    """Return the ways that found something, in the order in which they were tried."""
    return tuple(
        Way(
            why=tuple(plan.rules),
            lost=plan.cost,
            words=tuple(word for slot in plan.slots for word in _words(slot)),
        )
        for plan in plans
    )


def _words(slot: Slot) -> Iterable[tuple[Answered, ...]]:
    return (_best(slot, answers) for answers in slot.chain)


def _best(slot: Slot, answers: Mapping[str, Answer]) -> tuple[Answered, ...]:
    best = sorted(answers.values(), key=attrgetter("cost", "term"))[:SHOWN]
    return tuple(
        Answered(term=one.term, why=(*slot.rules, *one.rules), lost=slot.cost + one.cost)
        for one in best
    )
