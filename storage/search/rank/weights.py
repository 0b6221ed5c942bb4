"""Every number of ranking: what an inexact match costs, and what position, order and title add.

A term that stands for a word of the query loses *penalty* points, 0 for the word itself; its
*likeness* falls from 1 to `LEAST_LIKENESS` as these go from 0 to `WORTHLESS`. Scores are sums of
information (inverse document frequency, natural logarithm) times likeness.
"""

from __future__ import annotations

from enum import StrEnum
from math import inf
from typing import Final


class Reason(StrEnum):
    """How a term stands for a word, or why a post ranks high; the values are shown in `why`."""

    EXACT = "exact"  # the word itself
    PARTICLE = "particle"  # with or without a Korean particle
    ENDING = "ending"  # another form of a Korean verb, adjective or 하다 noun
    FORM = "form"  # another form of an English word
    SPELLING = "spelling"  # the same sound, spelled otherwise: 케익, 케이크
    SOUND = "sound"  # its transliteration in the other script
    JOINED = "joined"  # two words of the query written as one
    SPLIT = "split"  # one word of the query written as several
    PREFIX = "prefix"  # the beginning of a longer word
    INSIDE = "inside"  # a part of a longer word
    LAYOUT = "layout"  # typed in the other keyboard layout
    CHOSEONG = "choseong"  # the initial consonants of its syllables
    TYPING = "typing"  # half typed
    TYPO = "typo"  # within one or two slips
    FEWER = "fewer"  # the post lacks at least one word of the query
    TAG = "tag"  # carries the tag
    FILTER = "filter"  # fulfils the operators, where the query has no words
    SHARED = "shared"  # shares rare words with the post it is similar to
    PHRASE = "phrase"  # words side by side, in order
    TITLE = "title"  # a word stands in the title


CORRECTED: Final = frozenset({Reason.TYPO, Reason.LAYOUT, Reason.CHOSEONG})
"""Reasons by which a word is taken for another that the reader should be told."""

SURE: Final = frozenset(
    {Reason.EXACT, Reason.PARTICLE, Reason.ENDING, Reason.FORM, Reason.SPELLING, Reason.JOINED}
)
"""Reasons that make a term the word itself, in another form or spelling."""

SURELY: Final = SURE | {Reason.SOUND}
"""Reasons that leave no doubt which word was meant: those, and its name in the other script."""

PENALTY: Final = {
    Reason.EXACT: 0.0,
    Reason.PARTICLE: 2.0,
    Reason.ENDING: 8.0,
    Reason.FORM: 8.0,
    Reason.SPELLING: 3.0,
    Reason.SOUND: 4.0,
    Reason.JOINED: 4.0,
    Reason.SPLIT: 8.0,
    Reason.PREFIX: 11.0,
    Reason.INSIDE: 11.0,
    Reason.LAYOUT: 6.0,
    Reason.CHOSEONG: 14.0,
    Reason.TYPING: 9.0,
    Reason.TYPO: 30.0,
    Reason.SHARED: 0.0,
}

OTHER_PARTICLE: Final = 3.0
"""What a particle costs more that stands in place of another one."""

OTHER_NOUN: Final = 10.0
"""What a noun costs that is left when the word, a noun itself, is cut like one with a particle:
혁명 of 혁명가, which longer words that hold 혁명가 come before."""

SYLLABLE_PREFIX: Final = 10.0
"""What a longer word costs more that begins with a word of one syllable: 집 and 집값."""

SECOND_SLIP: Final = 14.0
FARTHER: Final = 12.0
"""What a second slip costs more, and a correction whose odds are those of one slip more."""

OTHER_VOWEL: Final = 12.0
"""What another spelling costs more in which one vowel differs: beside longer words that hold the
very word it comes last."""

UNLIKE, SHORTER, LONG_ENOUGH = 24.0, 1.3, 5.5
"""By sound: what spellings lack of transcribing each other, and for each consonant (a vowel counts
half) that the word has fewer than `LONG_ENOUGH`. The square of the sum is the extra penalty."""

ROUGHLY: Final = 14.0
"""What a word costs more that sounds nearly like one that nobody knows: shawshank, 쇼생크."""

NEARLY: Final = PENALTY[Reason.PARTICLE]
"""Up to this penalty a term is as good as the word itself."""

BANDS: Final = (0.0, NEARLY, PENALTY[Reason.TYPO], inf)
"""The penalties up to which posts are looked up together: with the word itself, as good as that,
with its forms, longer words or the likeliest correction, and with what is less like it."""

WORTHLESS: Final = 60.0
LEAST_LIKENESS: Final = 0.05

FUNCTION_WORD: Final = 0.03
"""What a function word or question word tells, as a share of what its frequency alone would say."""

ADJACENT: Final = 0.12
"""What a pair of neighbouring query words adds that stand side by side in the post, as a share of
the lesser information of the two."""

GLUED: Final = 0.8
"""The same where the query writes the pair without a space: 100억, HBM수요."""

BY_DISTANCE: Final = {0: 1.0, 1: 1.0, 2: 0.7, 3: 0.4, 4: 0.3, 5: 0.2, 6: 0.15, 7: 0.1, 8: 0.1}
"""The share of `ADJACENT` by how many words after the first of a pair the second stands (0: both
are one joined word). Farther apart, or in the wrong order but for neighbours, it adds nothing."""

SWAPPED: Final = 0.4
"""The share where the second word stands right before the first."""

IN_TITLE: Final = 0.05
"""What a word adds that stands in the post's title, as a share of its information."""

AS_TYPED: Final = 0.06
"""What a post adds that writes no word with other letters than typed, as a share of the query's
information: the index folds shift, so that 빵 and 방 are one term."""

PERHAPS: Final = 0.25
"""What a word that a post lacks adds where the post holds another that one slip makes of it, as a
share of its information."""

LEAST_TOLD: Final = 0.1
"""Posts whose words tell a smaller share of the query's information are no hits."""

LEAST_EASE: Final = 0.7
"""How easily a finger must make a slip (see `hangul.ease`) for another word to be asked about."""

BEST: Final = 100
