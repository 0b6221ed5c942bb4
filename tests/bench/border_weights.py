"""Fit the network that tells borders between posts from other places.

    python -m tests.bench.border_weights [CHANNELS.json …]

Prints seeds/formats/weights.csv. It learns from pages joined from posts of one channel, and of
many, since the posts of a channel have its form in common: from the posts of the seed documents and
from those in tests/golden/posts without its folder `unseen`, as they are and restyled – without
blank lines, links or hashtags, their first paragraph alone, all opened or closed alike –, and from
further channels, of which a few runs of posts in their order make pages: each file holds a list of
channels, each a list of texts. The seed documents as they are come in as well, and what is wrong
there counts more until nothing is.

Needs numpy, which the extra `meaning` brings.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import filterfalse
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from seeds.formats.borders import REACH, find_borders
from seeds.formats.features import ABOVE, BELOW, BETWEEN
from seeds.formats.lines import read_lines, with_habits
from tests.bench.border_learning import Learner, Places, mean, odds_of, together
from tests.support.joins import (
    KnownPost,
    formed_channels,
    join,
    seed_posts,
    seed_ranges,
    written_channels,
)

if TYPE_CHECKING:
    from seeds.formats.lines import Line
    from seeds.formats.weights import Network

Posts: TypeAlias = Sequence[KnownPost]
Style: TypeAlias = Callable[[Posts, Random], Posts]

SEED = 11
NETWORKS = 3
"""They begin differently, and err differently: their mean errs less, and less by chance."""
EPOCHS = 25
AGAIN = 3
"""Epochs after what is wrong has come to count more."""
BORDERS = 1.4
"""How much a border counts: it is rarer than another place, and one missed costs as much."""
ROUNDS = 40
MARGIN = 0.05
MORE = 1.3
HINT = 1.5
"""In each of the rounds, places of the seeds below this margin count more, by this factor; and
places that come out wrong join what is learnt from, and count so much."""
SEEDS = 2
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
_HEADINGS = (
    "오늘의 기록",
    "[오늘의 뉴스]",
    "Daily note",
    "📌 오늘의 시황",
    "Q&A",
    "#{}번째 글",
    "2024.05.{:02}",
    "{}일차",
    "Issue {}",
    "■ 시장 메모",
)
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


def _headed(posts: Posts, rng: Random) -> Posts:
    """Set one heading on a line of its own above nearly all posts."""
    heading, gap = rng.choice(_HEADINGS), rng.choice(("\n", "\n", "\n\n"))
    return [
        replace(post, text=heading.format(number) + gap + post.text) if rng.random() < 0.9 else post
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
    *[((PLAIN,), 1.0), ((TIGHT,), 0.7), ((SHORT,), 0.7)] * 2,
    ((NO_LINKS,), 0.5),
    ((NO_TAGS,), 0.5),
    *(((style, _opened), 0.3) for style in (PLAIN, TIGHT, SHORT)),
    *(((style, _headed), 0.15) for style in (PLAIN, TIGHT, SHORT)),
    *(((style, _closed), 0.3) for style in (PLAIN, TIGHT, SHORT)),
)
FURTHER_STYLES = (PLAIN, PLAIN, TIGHT, SHORT)
FURTHER_CHANNELS = 0.25
SEED_DOCUMENTS = 4.0


def sources(channels: Sequence[Posts], further: Sequence[Posts]) -> list[Source]:
    """Return pages to learn from."""
    rng = Random(SEED)
    mixed = [post for posts in channels for post in posts]
    found = [Source(_styled(styles, channels, mixed, rng), weight) for styles, weight in STYLES]
    runs = [_run(posts, style, rng) for posts in further for style in FURTHER_STYLES]
    return [*found, Source(runs, FURTHER_CHANNELS)]


def _styled(
    styles: Sequence[Style], channels: Sequence[Posts], mixed: list[KnownPost], rng: Random
) -> list[Page]:
    mix = rng.sample(mixed, min(len(mixed), LARGEST_MIX))
    return [
        _joined(reduce(lambda posts, style: style(posts, rng), styles, posts), rng)
        for posts in (*channels, mix)
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
    return [*alone, *(feature(above, below) for feature in BETWEEN)]


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


def misread(pages: Sequence[Page], network: Network) -> Places:
    """Return the places of pages that come out wrong, as they are seen where they do."""
    rows, borders = [], []
    for page in pages:
        for lines, true in _runs(page):
            found = set(find_borders(lines, network))
            for at in found ^ true:
                start = max((border for border in found if border < at), default=0)
                rows.append(_features(lines, start, at))
                borders.append(float(at in true))
    return Places(
        np.array(rows).reshape(-1, len(FEATURES)), np.array(borders), np.full(len(rows), HINT)
    )


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


def fit(found: Sequence[Source], own: Source) -> Network:
    """Return a network that has learnt from pages, and with which our own come out right."""
    rng = np.random.default_rng(SEED)
    known, exact = learnt(found), learnt([own])
    learners = [Learner.begin(known.rows, rng) for _ in range(NETWORKS)]
    epochs = EPOCHS
    for _ in range(ROUNDS):
        for learner in learners:
            learner.learn(together(known, exact), epochs, rng)
        network = mean([learner.network(FEATURES) for learner in learners])
        odds = odds_of(network, exact.rows)
        is_wrong = np.where(exact.borders > 0, odds < MARGIN, odds > -MARGIN)
        hints = misread(own.pages, network)
        if not is_wrong.any() and not len(hints.counts):
            return network
        exact = exact._replace(counts=exact.counts * np.where(is_wrong, MORE, 1))
        known = together(known, hints)
        epochs = AGAIN
    sys.exit("Some borders of the seed documents come out wrong; more rounds may help.")


def main(*further: str) -> None:
    """Fit, and print what belongs into the file."""
    channels = [
        [KnownPost(text=text) for text in texts]
        for path in further
        for texts in json.loads(Path(path).read_text("utf-8"))
    ]
    known = (*written_channels(unseen=False), *formed_channels(unseen=False))
    found = sources([*known, *[seed_posts()] * SEEDS], channels)
    own = Source([_page(*document) for document in seed_ranges()], SEED_DOCUMENTS)
    print("\n".join(fit(found, own).write()))


if __name__ == "__main__":
    main(*sys.argv[1:])
