"""Named signs for and against a border between two posts; weights.csv has what they are worth.

None knows what a document is about: they look at links, lists, blank lines, languages, sentence
endings, and at whether words are repeated. Each is a small function of the lines above a place,
of those below it, or of both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from seeds.formats.features import above, below, between
from seeds.formats.lines import Line

OneSided: TypeAlias = Callable[[Sequence[Line]], float]
TwoSided: TypeAlias = Callable[[Sequence[Line], Sequence[Line]], float]

ABOVE: tuple[OneSided, ...] = (
    above.link_above,
    above.link_after_words_above,
    above.link_opens_above,
    above.hashtags_above,
    above.unfinished_above,
    above.title_above,
    above.entry_above,
    above.item_above,
    above.paragraph_above,
    above.spaced_above,
    above.tight_above,
    above.closes_as_known,
    above.closes_unlike_known,
    above.repeated_above,
    above.text_so_far,
    above.alone_above,
    above.run_above,
)

BELOW: tuple[OneSided, ...] = (
    below.link_below,
    below.herald_below,
    below.item_below,
    below.connective_below,
    below.label_below,
    below.question_below,
    below.paragraph_below,
    below.tight_below,
    below.opens_as_known,
    below.opens_unlike_known,
    below.repeated_below,
    below.length_below,
    below.longer_than_page,
    below.sentence_below,
    below.title_below,
    below.emoji_below,
    below.list_below,
    below.items_on_page,
    below.links_on_page,
    below.continuing_on_page,
    below.repeating_on_page,
    below.blanks_on_page,
)

BETWEEN: tuple[TwoSided, ...] = (
    between.belongs_above,
    between.run_in_link_above,
    between.language_changes,
    between.level_changes,
    between.list_goes_on_below,
    between.labels_both,
    between.verse,
    between.links_alternate,
    between.stems_shared,
    between.said_before,
    between.blocks_alike,
)
