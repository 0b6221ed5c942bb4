"""Words that say how a sentence is built and nothing of what it is about, as terms of the index."""

from __future__ import annotations

from storage.language.hangul import FELT, KEYS
from storage.language.keys import HANGUL_MARK, terms
from storage.language.korean import PARTICLES
from storage.language.lexicon.wordlists import function_words

PARTICLE_TERMS = frozenset(HANGUL_MARK + keys for keys in PARTICLES)
FEELING_TERMS = frozenset(
    HANGUL_MARK + times * jamo.translate(KEYS) for jamo in FELT for times in range(2, 10)
)
PASSED_OVER = PARTICLE_TERMS | FEELING_TERMS
"""Terms that may stand between two words of a phrase: the particle of a foreign word, laughter."""

_LINKS = (
    "http https www com net org html htm index php utm campaign medium source fbclid aem mibextid"
)

FUNCTION_WORDS = frozenset(terms(" ".join(function_words())) | terms(_LINKS) | PARTICLE_TERMS)
"""The terms of function words, of particles, and of the words that URLs are made of."""
