"""What the lines below a place say about whether a post begins there.

Each is given the lines below, the nearest first; that one is not blank. It returns how strongly it
holds, from 0 to 1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seeds.formats.features.context import gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seeds.formats.lines import Line

HABIT = 2
"""Times that make a habit."""
LABELLED_LENGTH = 45
"""Characters; `일시: 내일 오후` is short, a sentence with a colon is not."""
THANKS_LENGTH = 100
"""Characters; a longer line says more than thanks."""

_GREETING = re.compile(
    r"안녕|여러분|반갑|(?:hi|hello|hey|dear|good (?:morning|evening|afternoon))\b", re.IGNORECASE
)
_FRAMED = re.compile(r"[\[【<〈《「『].+[\]】>〉》」』]|[(（].+[)）]$")
_THANKS = re.compile(
    r"(?:감사(?:합니다|드립니다|해요|드려요)|고맙습니다|고마워요|바랍니다|부탁드\w+|주세요)"
    r"[.!~ ]*\S{0,2}$"
    r"|^(?:thank you|thanks|cheers|see you)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“‘'「『]")
_CONNECTIVE = re.compile(
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


def link_below(below: Sequence[Line]) -> float:
    """Tell whether this is a link, which follows its text more often than it comes first."""
    return below[0].is_link


def short_below(below: Sequence[Line]) -> float:
    """Tell whether a short line runs on into the next: a heading inside, or part of a list."""
    return below[0].is_title and not paragraph_below(below)


def herald_below(below: Sequence[Line]) -> float:
    """Tell whether it greets, or is a title in brackets: those come first."""
    text = below[0].text
    return _GREETING.match(text) is not None or _FRAMED.match(text) is not None


def item_below(below: Sequence[Line]) -> float:
    """Tell whether this is a list item other than the first."""
    marker = below[0].marker
    return marker is not None and marker.number != 1


def connective_below(below: Sequence[Line]) -> float:
    """Tell whether it refers to something said before: however, it, the second."""
    return _CONNECTIVE.match(below[0].text) is not None


def quotation_below(below: Sequence[Line]) -> float:
    """Tell whether it quotes, which is mostly introduced by something."""
    return _QUOTE.match(below[0].text) is not None


def label_below(below: Sequence[Line]) -> float:
    """Tell whether it is like `장소: 합정역` or `Code: https://…`: one line of several."""
    line = below[0]
    short = len(line.text) < LABELLED_LENGTH or line.ends_with_link
    return line.is_labelled and short and not line.is_link


def colon_below(below: Sequence[Line]) -> float:
    """Tell whether it announces a list or quotation, as first lines do."""
    return below[0].text.endswith((":", "："))


def question_below(below: Sequence[Line]) -> float:
    """Tell whether it asks, as first lines do."""
    return below[0].text.endswith(("?", "?!", "?”", '?"'))


def thanks_below(below: Sequence[Line]) -> float:
    """Tell whether it thanks or requests, as last lines do."""
    text = below[0].text
    return len(text) <= THANKS_LENGTH and _THANKS.search(text) is not None


def paragraph_below(below: Sequence[Line]) -> float:
    """Tell whether a blank line sets the first line apart from what comes after it."""
    return len(below) > 1 and below[1].is_blank


def spaced_below(below: Sequence[Line]) -> float:
    """Tell whether blank lines part the paragraphs from here on: none does here."""
    blanks = gaps(below)
    return len(blanks) >= HABIT and all(blanks)


def tight_below(below: Sequence[Line]) -> float:
    """Tell whether no blank line is set from here on."""
    blanks = gaps(below)
    return len(blanks) >= HABIT and not any(blanks)


def opens_as_known(below: Sequence[Line]) -> float:
    """Tell whether it opens with a sign that other posts of the page open with."""
    return below[0].opens_as_known


def opens_unlike_known(below: Sequence[Line]) -> float:
    """Tell whether other posts of the page open with a sign, and this does not."""
    return below[0].opens_unlike_known


def repeated_below(below: Sequence[Line]) -> float:
    """Tell whether the line stands on the page again and again: a signature, or a heading."""
    return below[0].is_repeated
