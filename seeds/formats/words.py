"""What the words of a line tell: its writing, how its sentences end, what it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

HANGUL_SHARE = 0.2
"""Korean technical prose is full of English words; a fifth of Hangul makes a line Korean."""
KOREAN_STEM = 2
"""Syllables of a word that are compared; particles and endings follow."""
LATIN_STEM = 6
"""Letters of a word that are compared."""

_LETTER = re.compile(r"[^\W\d_]")
_HANGUL = re.compile(r"[가-힣]")
_KOREAN_WORD = re.compile(r"[가-힣]{2,}")
_LATIN_WORD = re.compile(r"[^\W\d_가-힣]{4,}")
_FORMAL = re.compile(r"(?:니다|니까|시오)(?=[\s.!?…~,)\"”]|$)")
_FRIENDLY = re.compile(r"[가-힣][요죠](?=[\s.!?…~,)\"”]|$)")
_PLAIN = re.compile(r"[^니\W]다(?=[\s.!?…~)\"”]|$)")
_TERSE = re.compile(r"[가-힣](?:음|함|됨|임|듯|중|것)(?=[.!?…]|$)")

CONNECTIVE = re.compile(
    r"""
    (?:그리고|그러나|그런데|그래서|그래도|그러면|그러니|그러므로|그럼|그렇|하지만|또한?|혹은|즉
    |단|다만|따라서|때문에|결국|반면|특히|예를|물론|참고로|그중|이후|이어|한편|이런|그런|이렇게
    |이를|이는|이것|그것|그는|그녀|이들|여기|위의?|아래|먼저|우선|처음|마지막으로|다음으로|그다음
    |대신|반대로|무엇보다|게다가|나머지|앞으로|정리하면|요약하면|이날|이때|당시|더불어|덕분에
    |아직도|오히려|사실|이게|그게|그동안|이번에도|자세한)(?=[\s,은는이가을를에도의]|$)
    |(?:and|but|so(?!\ far)|however|then|therefore|moreover|also|because|they|it|its|that|these
    |those|he|she|his|her|their|instead|finally|in\ short|for\ example|still|yet|or|most\ of
    |some\ of|none\ of|nobody|only|after\ that
    |the\ (?:first|second|third|last|same|other|rest|result|point))\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

"""What refers to something said before."""

# Words, cut to their stems, that any two texts share.
_FUNCTION_WORDS = """
    about also because been could does even from have here into just like made make many more
    most much only other over some such than that their them then there these they this those
    very were what when which will with would your 같습 같은 같이 것도 것은 것을 것이 경우 그것
    그냥 그래 그러 그런 그렇 그리 까지 너무 다른 다시 대한 대해 되는 되었 된다 됐다 됩니 때문
    라고 많은 많이 모든 무엇 보고 보면 부터 습니 아니 아직 어떤 어떻 없는 없다 없이 에서 여러
    오늘 우리 위해 이것 이라 이런 이렇 이번 이제 있고 있는 있다 있습 있어 있었 있을 입니 저희
    정도 정말 지금 통해 하고 하기 하나 하는 하면 하지 한다 합니 해서 했는 했다 했습 가장
"""
_FUNCTION_STEMS = frozenset(_FUNCTION_WORDS.split())


class Script(Enum):
    """Which writing most of a text is in."""

    HANGUL = "hangul"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Endings:
    """How often Korean sentences end in 합니다, in 해요, in 한다 and in a noun (함)."""

    formal: int = 0
    friendly: int = 0
    plain: int = 0
    terse: int = 0

    def __add__(self, other: Endings) -> Endings:
        return Endings(
            self.formal + other.formal,
            self.friendly + other.friendly,
            self.plain + other.plain,
            self.terse + other.terse,
        )


NO_ENDINGS = Endings()


def script_of(text: str) -> Script | None:
    """Return the writing of a text; None if it has no letters."""
    letters = len(_LETTER.findall(text))
    if not letters:
        return None
    return Script.HANGUL if len(_HANGUL.findall(text)) >= HANGUL_SHARE * letters else Script.OTHER


def endings_of(text: str) -> Endings:
    """Return how the sentences of a Korean text end."""
    return Endings(
        formal=len(_FORMAL.findall(text)),
        friendly=len(_FRIENDLY.findall(text)),
        plain=len(_PLAIN.findall(text)),
        terse=len(_TERSE.findall(text)),
    )


def stems_of(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words, without those that any text has."""
    korean = {word[:KOREAN_STEM] for word in _KOREAN_WORD.findall(text)}
    latin = {word[:LATIN_STEM] for word in _LATIN_WORD.findall(text.casefold())}
    return frozenset(korean | latin) - _FUNCTION_STEMS


def syllables_of(text: str) -> frozenset[str]:
    """Return each two neighbouring syllables of a text's Korean words: 벤처투자 holds 투자."""
    words = _KOREAN_WORD.findall(text)
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))
