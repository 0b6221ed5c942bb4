"""Korean particles: the endings that a noun carries and a reader does not search for."""

from __future__ import annotations

import re
from functools import lru_cache

from storage.language.hangul import CONSONANT, KEYS, VOWEL, is_whole, syllable_starts

_ENDINGS = """
은 는 이 가 을 를 의 에 에서 에게 에는 에도 에서는 에서도 에서의 에게는 에게서 으로 로 으로는 로는
으로도 로도 으로의 로의 으로서 로서 으로써 로써 으로부터 로부터 와 과 와의 과의 와는 과는 도 만
만의 만이 만을 만으로 까지 까지의 부터 보다 보다는 처럼 같은 이나 나 이라 라 이라는 라는 이라고
라고 이란 란 이며 며 이고 고 이다 다 이자 입니다 인 이죠 죠 이에요 예요 이었다 였다 들 들이 들은
들을 들의 들에게 들과 들도 께서 께 한테 하고 마다 밖에 조차 마저 뿐 뿐만 이랑 랑 까지도 까지는
까지만 께서는 께서도 에서부터 에서만 에서라도 에선 에만 엔 에게도 에게만 에게로 에게서는 에게서도
에겐 한테서 한테는 한테도 으론 이든 이든지 이라도 라도 이라면 이라서 인데 인데요 이지만 이네요
이었던 였던 이니까 이야 조차도 마저도 부터는 부터도 보다도 밖에는 뿐이다 뿐만이 만큼 만큼은
만큼이나 대로 만으로는 만으로도 으로부터의
"""
_SAFE_ENDINGS = "은 는 을 를 의 에 에서 에게 에는 에도 으로 로 과 와 만 부터 까지 들 들이 들은 들을"

PARTICLES_WRITTEN = frozenset(_ENDINGS.split())
PARTICLES = frozenset(ending.translate(KEYS) for ending in PARTICLES_WRITTEN)
"""Those that may follow a noun of two syllables or more, as keys."""

SAFE_PARTICLES = frozenset(ending.translate(KEYS) for ending in _SAFE_ENDINGS.split())
"""Those that follow one syllable without making another word of it: not 나라, not 지도."""

OBJECT = re.compile(f".*(?:{CONSONANT}을|{VOWEL}를)".translate(KEYS))
"""을 follows a consonant and 를 a vowel."""

SHORTEST_STEM = 2  # syllables
SURE_SYLLABLES = 3


def endings_for(stem: str) -> frozenset[str]:
    """Return the particles, as keys, that may follow this Hangul stem."""
    if not is_whole(stem):
        return frozenset()
    return PARTICLES if len(syllable_starts(stem)) > 1 else SAFE_PARTICLES


@lru_cache(maxsize=1 << 13)
def stems(keys: str) -> tuple[str, ...]:
    """Return what may be left of a Hangul word without its particle, longest first.

    At least two syllables stay, because most words of two syllables that end like a particle
    are whole as they are: 도로, 나이.
    """
    starts = syllable_starts(keys)
    if not is_whole(keys):
        return ()
    return tuple(
        keys[:start] for start in reversed(starts[SHORTEST_STEM:]) if keys[start:] in PARTICLES
    )


def sure_stems(keys: str) -> tuple[str, ...]:
    """Return those stems of a Hangul word that are hardly an accident.

    Either three syllables stay, or the particle is one that few words end in by themselves:
    투자를 is 투자, but 고양이 is no form of 고양.
    """
    return tuple(
        stem
        for stem in stems(keys)
        if len(syllable_starts(stem)) >= SURE_SYLLABLES or keys[len(stem) :] in SAFE_PARTICLES
    )


def short_object(keys: str) -> tuple[str, ...]:
    """Return the one syllable that 을 or 를 makes an object, if it surely does: 돈을, not 마을."""
    starts = syllable_starts(keys)
    is_one = len(starts) == SHORTEST_STEM and is_whole(keys) and OBJECT.fullmatch(keys)
    return (keys[: starts[1]],) if is_one else ()
