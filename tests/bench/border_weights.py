"""Fit the weights of the features by which borders between posts are found.

    python -m tests.bench.border_weights [CHANNELS.json …]

Prints the weights for seeds/formats/weights.py. It learns from pages joined from posts of one
channel, and of many, since the posts of a channel have its form in common: from the posts of the
seed documents and from those in tests/golden/posts without its folder `unseen`, as they are and
restyled – without blank lines, links or hashtags, their first paragraph alone, all opened or closed
alike –, and from further channels, of which a few runs of posts in their order make pages: each
file holds a list of channels, each a list of texts. The seed documents as they are come in as well,
and what is wrong there counts more until nothing is.

Needs numpy: uv run --with numpy python -m tests.bench.border_weights
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain, filterfalse
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from seeds.formats.borders import REACH, find_borders
from seeds.formats.features import ABOVE, BELOW, BETWEEN
from seeds.formats.lines import read_lines, with_habits
from seeds.formats.weights import BIAS, WEIGHTS
from tests.support.joins import (
    KnownPost,
    formed_channels,
    join,
    seed_posts,
    seed_ranges,
    written_channels,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from seeds.formats.lines import Line

Posts: TypeAlias = Sequence[KnownPost]
Style: TypeAlias = Callable[[Posts, Random], Posts]

SEED = 11
RIDGE = 1.0
BORDERS = 1.2
"""How much a border counts: it is rarer than another place, and one missed costs as much."""
JOINS = 3
"""Of the posts of each channel in each style."""
STEPS = 5
ROUNDS = 40
MARGIN = 0.05
MORE = 1.3
HINT = 1.5
"""In each of the rounds, places of the seeds below this margin count more, by this factor; and
places that come out wrong join what is learnt from, and count so much."""
SEEDS = 4
"""Times that pages are made of the posts of the seeds, the only real channel in Korean."""
MARKED = 0.5
"""Of the posts of a page with marks."""
RUN = 25
"""Posts of a further channel that make a page, in their order."""
LARGEST_MIX = 120

FEATURES = [feature.__name__ for feature in (*ABOVE, *BELOW, *BETWEEN)]
_LINK = re.compile(r"\s*https?://\S+\s*")
_TAGS = re.compile(r"\n*(\s*#\S+)+\s*$")
_OPENINGS = ("📌 ", "🔥 ", "■ ", "▶️ ", "★ ", "[뉴스] ", "[News] ", "【공지】 ", "#링크 ", "{}일차 ")
_CLOSINGS = (
    "@my_channel",
    "👉 구독하기: https://t.me/my_channel",
    "— 편집자",
    "출처: 매일신문",
    "via TechDaily",
    "#AI #투자",
    "https://example.com/{}",
)


class Page(NamedTuple):
    """Lines, and which of them posts begin and end on; what is in none of them is a mark."""

    lines: tuple[Line, ...]
    posts: tuple[tuple[int, int], ...]


class Places(NamedTuple):
    """Places where a border can lie: their features, whether one does, and how much they count."""

    rows: NDArray[np.float64]
    borders: NDArray[np.float64]
    counts: NDArray[np.float64]


class Source(NamedTuple):
    """Pages and how much each place on them counts."""

    pages: list[Page]
    weight: float


def _each(change: Callable[[str], str]) -> Style:
    """Return the style that changes each text; texts that would be empty stay."""

    def restyled(posts: Posts, _: Random) -> Posts:
        changed = (replace(post, text=change(post.text).strip() or post.text) for post in posts)
        return tuple(dict.fromkeys(changed))

    return restyled


def _opened(posts: Posts, rng: Random) -> Posts:
    """Open nearly all posts with one sign."""
    sign = rng.choice(_OPENINGS)
    return [
        replace(post, text=sign.format(number) + post.text) if rng.random() < 0.9 else post
        for number, post in enumerate(posts, 3)
    ]


def _closed(posts: Posts, rng: Random) -> Posts:
    """Close nearly all posts with one line, set apart as their paragraphs are."""
    line = rng.choice(_CLOSINGS)
    return [
        replace(post, text=f"{post.text}{_gap(post.text)}{line.format(number)}")
        if rng.random() < 0.9
        else post
        for number, post in enumerate(posts)
    ]


def _gap(text: str) -> str:
    return "\n\n" if "\n\n" in text else "\n"


PLAIN = _each(str)
TIGHT = _each(lambda text: re.sub(r"\n\s*\n", "\n", text))
SHORT = _each(lambda text: text.partition("\n\n")[0])
NO_LINKS = _each(lambda text: "\n".join(filterfalse(_LINK.fullmatch, text.split("\n"))))
NO_TAGS = _each(lambda text: _TAGS.sub("", text))
STYLES: tuple[tuple[tuple[Style, ...], float], ...] = (
    ((PLAIN,), 1.0),
    ((TIGHT,), 0.7),
    ((SHORT,), 0.7),
    ((NO_LINKS,), 0.5),
    ((NO_TAGS,), 0.5),
    *(((style, _opened), 0.3) for style in (PLAIN, TIGHT, SHORT)),
    *(((style, _closed), 0.3) for style in (PLAIN, TIGHT, SHORT)),
)
FURTHER_STYLES = (PLAIN, PLAIN, TIGHT, SHORT)
FURTHER_CHANNELS = 0.25
SEED_DOCUMENTS = 4.0


def sources(further: Sequence[Posts]) -> list[Source]:
    """Return all pages to learn from."""
    rng = Random(SEED)
    written = (*written_channels(unseen=False), *formed_channels(unseen=False))
    channels: list[Posts] = [*written, *(seed_posts() for _ in range(SEEDS))]
    mixed = [post for posts in channels for post in posts]
    found = [Source(_styled(styles, channels, mixed, rng), weight) for styles, weight in STYLES]
    runs = [_run(posts, style, rng) for posts in further for style in FURTHER_STYLES]
    found.append(Source(runs, FURTHER_CHANNELS))
    found.append(Source([_page(*document) for document in seed_ranges()], SEED_DOCUMENTS))
    return found


def _styled(
    styles: Sequence[Style], channels: list[Posts], mixed: list[KnownPost], rng: Random
) -> list[Page]:
    mixes: Iterator[Posts] = (rng.sample(mixed, min(len(mixed), LARGEST_MIX)) for _ in range(JOINS))
    return [
        _joined(reduce(lambda posts, style: style(posts, rng), styles, posts), rng)
        for posts in chain(channels * JOINS, mixes)
    ]


def _run(posts: Posts, style: Style, rng: Random) -> Page:
    first = rng.randrange(max(1, len(posts) - RUN))
    return _in_order(style(posts[first : first + RUN], rng), rng)


def _joined(posts: Posts, rng: Random) -> Page:
    return _in_order(rng.sample(list(posts), len(posts)), rng)


def _in_order(posts: Posts, rng: Random) -> Page:
    """Return a page of posts; on every other page some of them have marks."""
    marked = rng.choice((0, MARKED))
    shown = [_marked(post, rng) if rng.random() < marked else post.unmarked() for post in posts]
    page = join(shown, rng)
    lasts = [
        first + post.text.count("\n") for first, post in zip(page.first_lines, shown, strict=True)
    ]
    return _page(page.text.split("\n"), list(zip(page.first_lines, lasts, strict=True)))


def _marked(post: KnownPost, rng: Random) -> KnownPost:
    return post if post.reactions or post.opened else replace(post, reactions=rng.randint(1, 40))


def _page(texts: Sequence[str], ranges: Sequence[tuple[int, int]]) -> Page:
    """Return a page; the first and last lines of its posts count from 1."""
    posts = tuple((first - 1, last - 1) for first, last in ranges)
    borders = {first for first, _ in posts} & {last + 1 for _, last in posts}
    firsts = [first for first, _ in posts if first not in borders]
    lasts = [last for _, last in posts if last + 1 not in borders]
    return Page(with_habits(read_lines(texts), firsts, lasts), posts)


def places(page: Page) -> tuple[list[list[float]], list[bool]]:
    """Return the features of each place where a border can lie, and whether one does."""
    rows, borders = [], []
    for lines, true in _runs(page):
        start = 0
        for at in range(1, len(lines)):
            start = at - 1 if at - 1 in true else start
            if not lines[at].is_blank and not lines[at - 1].is_blank:
                rows.append(_features(lines, start, at))
                borders.append(at in true)
    return rows, borders


def _features(lines: Sequence[Line], start: int, at: int) -> list[float]:
    above, below = lines[max(start, at - REACH) : at], lines[at : at + REACH]
    alone = [feature(above) for feature in ABOVE] + [feature(below) for feature in BELOW]
    return [1.0, *alone, *(feature(above, below) for feature in BETWEEN)]


def learnt(found: Sequence[Source]) -> Places:
    """Return all places of the pages, each with what it counts."""
    rows: list[list[float]] = []
    borders: list[bool] = []
    counts: list[float] = []
    for page, weight in ((page, source.weight) for source in found for page in source.pages):
        of_page, are_borders = places(page)
        rows += of_page
        borders += are_borders
        counts += [weight * (BORDERS if border else 1) for border in are_borders]
    return Places(np.array(rows, float), np.array(borders, float), np.array(counts))


def fit(known: Places, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the bias and the weights: logistic regression with a ridge penalty, by Newton."""
    ridge = np.diag([0.0, *[RIDGE] * (known.rows.shape[1] - 1)])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-known.rows @ weights))
        slope = known.rows.T @ (known.counts * (chance - known.borders)) + ridge @ weights
        curve = (known.rows.T * (known.counts * chance * (1 - chance))) @ known.rows + ridge
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def misread(pages: Sequence[Page]) -> Places:
    """Return the places of pages that come out wrong, as they are seen where they do."""
    rows, borders = [], []
    for page in pages:
        for lines, true in _runs(page):
            found = set(find_borders(lines))
            for at in found ^ true:
                start = max((border for border in found if border < at), default=0)
                rows.append(_features(lines, start, at))
                borders.append(float(at in true))
    return Places(np.array(rows), np.array(borders), np.full(len(rows), HINT))


def _runs(page: Page) -> Iterator[tuple[Sequence[Line], set[int]]]:
    """Return the lines between two marks, and which of them open another post."""
    first = page.posts[0][0]
    borders: set[int] = set()
    for (_, last), (following, _) in zip(page.posts, (*page.posts[1:], (-1, 0)), strict=True):
        if following == last + 1:
            borders.add(following - first)
        else:
            yield page.lines[first : last + 1], borders
            first, borders = following, set()


def main(*further: str) -> None:
    """Fit, and print what belongs into the module."""
    channels = [
        [KnownPost(text=text) for text in texts]
        for path in further
        for texts in json.loads(Path(path).read_text("utf-8"))
    ]
    found = sources(channels)
    known = learnt(found)
    own = sum(len(places(page)[1]) for page in found[-1].pages)
    seeds = slice(len(known.counts) - own, len(known.counts))
    weights = np.zeros(known.rows.shape[1])
    for _ in range(ROUNDS):
        weights = fit(known, weights)
        WEIGHTS.update(zip((BIAS, *FEATURES), map(float, weights.round(2)), strict=True))
        odds = known.rows[seeds] @ weights
        is_wrong = np.where(known.borders[seeds] > 0, odds < MARGIN, odds > -MARGIN)
        hints = misread(found[-1].pages)
        if not is_wrong.any() and not len(hints.counts):
            break
        known.counts[seeds] *= np.where(is_wrong, MORE, 1)
        if len(hints.counts):
            known = Places(*map(np.concatenate, zip(known, hints, strict=True)))
    print("WEIGHTS: Final = {")
    print(f"    BIAS: {WEIGHTS[BIAS]:.2f},")
    for name in FEATURES:
        print(f'    "{name}": {WEIGHTS[name]:.2f},')
    print("}")


if __name__ == "__main__":
    main(*sys.argv[1:])
