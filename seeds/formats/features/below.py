"""What the lines below a place say about whether a post begins there.

Each is given the lines below, the nearest first; that one is not blank. It returns how strongly it
holds, from 0 to 1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seeds.formats.lines import gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seeds.formats.lines import Line

LONG = 120
"""Characters of a paragraph."""
LONGER = 3
"""Times the length of other lines that makes a line long, whatever its page is like."""
HABIT = 2
"""Times that make a habit."""
LABELLED_LENGTH = 45
"""Characters; `일시: 내일 오후` is short, a sentence with a colon is not."""

_EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27bf\u25b6\u23e9-\u23fa\u2b50]")
_GREETING = re.compile(
    r"안녕|여러분|반갑|(?:hi|hello|hey|dear|good (?:morning|evening|afternoon))\b", re.IGNORECASE
)
_FRAMED = re.compile(r"[\[【<〈《「『].+[\]】>〉》」』]|[(（].+[)）]$")


def link_below(below: Sequence[Line]) -> float:
    """Tell whether this is a link, which follows its text more often than it comes first."""
    return below[0].is_link


def herald_below(below: Sequence[Line]) -> float:
    """Tell whether it greets, or is a title in brackets: those come first."""
    text = below[0].text
    return _GREETING.match(text) is not None or _FRAMED.match(text) is not None


def item_below(below: Sequence[Line]) -> float:
    """Tell whether this is a list item other than the first, and no sign that opens posts."""
    marker = below[0].marker
    return marker is not None and marker.number != 1 and not below[0].opens_as_known


def connective_below(below: Sequence[Line]) -> float:
    """Tell whether it refers to something said before: however, it, the second."""
    return below[0].continues


def label_below(below: Sequence[Line]) -> float:
    """Tell whether it is like `장소: 합정역` or `Code: https://…`: one line of several."""
    line = below[0]
    short = len(line.text) < LABELLED_LENGTH or line.ends_with_link
    return line.is_labelled and short and not line.is_link


def question_below(below: Sequence[Line]) -> float:
    """Tell whether it asks, as first lines do."""
    return below[0].text.endswith(("?", "?!", "?”", '?"'))


def paragraph_below(below: Sequence[Line]) -> float:
    """Tell whether a blank line sets the first line apart from what comes after it."""
    return len(below) > 1 and below[1].is_blank


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


def length_below(below: Sequence[Line]) -> float:
    """Return how long the first line is."""
    return min(1, len(below[0].text) / LONG)


def longer_than_page(below: Sequence[Line]) -> float:
    """Return how long the first line is beside the others of its page."""
    line = below[0]
    return min(1, len(line.text) / (LONGER * line.form.length + 1))


def sentence_below(below: Sequence[Line]) -> float:
    """Tell whether the first line ends as a sentence does."""
    return below[0].ends_sentence


def title_below(below: Sequence[Line]) -> float:
    """Tell whether this could be a title."""
    return below[0].is_title


def emoji_below(below: Sequence[Line]) -> float:
    """Tell whether it begins with an emoji."""
    return _EMOJI.match(below[0].text) is not None


def list_below(below: Sequence[Line]) -> float:
    """Tell whether a title comes right before the first item of a list."""
    marker = below[1].marker if len(below) > 1 else None
    return below[0].is_title and marker is not None and marker.number in {None, 1}


def items_on_page(below: Sequence[Line]) -> float:
    """Return how many of the page's lines are items of lists."""
    return below[0].form.items


def links_on_page(below: Sequence[Line]) -> float:
    """Return how many of the page's lines are links."""
    return below[0].form.links


def continuing_on_page(below: Sequence[Line]) -> float:
    """Return how many lines of the page refer to something said before."""
    return below[0].form.continuing


def repeating_on_page(below: Sequence[Line]) -> float:
    """Return how many lines of the page say something that the line before says, too."""
    return below[0].form.repeating


def blanks_on_page(below: Sequence[Line]) -> float:
    """Return how many lines of the page a blank one sets apart from the line before."""
    return below[0].form.blanks
