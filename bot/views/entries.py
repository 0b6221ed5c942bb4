"""Posts as entries of a list: a title that opens the post, two lines of what it says, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from telegram.helpers import create_deep_linked_url

from bot.views.body import place_of_title
from bot.views.formatting import ELLIPSIS, TRAILING, FormattedText, columns, fitting
from bot.views.markup import bold, formatted, italic, join, link, moment
from storage import Entity, EntityKind, Snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.texts import Texts
    from bot.views.markup import Html
    from storage import Hit, Post

# A line of a phone has about 42 columns.
TITLE_COLUMNS: Final = 68
TEXT_COLUMNS: Final = 84
SOURCE_COLUMNS: Final = 26
BEFORE_MATCH: Final = 28  # columns of a text that are shown before its first match
OPENING: Final = 600  # characters of a post, of which there are two lines to show
BY_MEANING: Final = "meaning"  # why a post is there that holds none of the words
LIST_MARK: Final = re.compile(r"(?:\(?\d{1,3}[.)]|[-*•·▪■●▶→]+)\s+")
# What tells a reader nothing of what the post says.
NOISE: Final = re.compile(
    r"\[\d{1,3}\]\(\S*|(?<=\])\(https?://\S*"  # of links in Markdown
    r"|(?:https?://|www\.)\S+|\b(?:[\w-]+\.)+[a-z]{2,6}/\S+"  # addresses
    r"|(?:(?<=\s)|\A)[-_=*~]{3,}(?=\s|\Z)"  # lines drawn between paragraphs
    r"|\*\*|~~|(?:(?<=\s)|\A)#{1,6}(?=\s)",  # of bold and struck text, and headings
)
HASHTAGS: Final = re.compile(r"(?:(?<=\s)|\A)[#＃]\w+(?:\s+[#＃]\w+)+|(?:(?<=\s)[#＃]\w+\s*)+\Z")
HASHTAG: Final = re.compile(r"[#＃]\w+")
LABEL: Final = re.compile(r"\[(?P<text>[^\[\]]{1,300})\](?=\(https?://)")
BULLETS: Final = re.compile(r"(?:(?<=\s)|\A)[-*•·](?=\s+(?:[-*•·](?:\s|\Z)|\Z)|\Z)")
BLANKS: Final = re.compile(r"(?<=\s)\s+|\A\s+|\s+\Z")


@dataclass(frozen=True, slots=True)
class Around:
    """What entries depend on besides their posts: the bot's name, and whether sources differ."""

    username: str
    several_sources: bool = False


class Entry(NamedTuple):
    """A post in a list: its title, and a part of its text that does not say the title again.

    `why` says in words why it is there, where that is not plain.
    """

    post: Post
    title: FormattedText
    text: FormattedText
    why: str = ""


def entry_of_hit(hit: Hit) -> Entry:
    """Return a hit with two lines around its best match, or of its beginning.

    It is the beginning where only an address matches, which would tell a reader nothing.
    """
    entry = _entry(hit.post, hit.snippet)
    if hit.snippet.spans and not (entry.title.entities or entry.text.entities):
        return entry_of_post(hit.post)
    return entry


def entry_of_found(texts: Texts, hit: Hit) -> Entry:
    """Return a hit of a search; one that holds none of its words says why it is there."""
    return entry_of_hit(hit)._replace(why=texts("search.close") if BY_MEANING in hit.why else "")


def entry_of_post(post: Post) -> Entry:
    """Return the entry of a post that no query found: its title, and how the text goes on."""
    words = " ".join(post.text[:OPENING].split())
    return _entry(post, Snippet(text=words, cut_after=len(post.text) > OPENING))


def block(texts: Texts, number: int, entry: Entry, around: Around) -> Html:
    """Return an entry in a list."""
    url = create_deep_linked_url(around.username, f"post-{entry.post.id}")
    return join(
        (
            join((f"{number}.", link(bold(formatted(entry.title)), url)), " "),
            formatted(entry.text),
            _about(texts, entry, around),
        )
    )


def source_and_date(texts: Texts, post: Post, around: Around) -> Html:
    """Return where a post comes from, if that is not plain, and when, if that is known."""
    source = _short(post.source) if around.several_sources else ""
    return join((source, moment(texts.date(post.date), post.date) if post.date else ""), " · ")


def _short(source: str) -> str:
    if columns(source) <= SOURCE_COLUMNS:
        return source
    return source[: fitting(source, SOURCE_COLUMNS)].rstrip(TRAILING) + ELLIPSIS


def _about(texts: Texts, entry: Entry, around: Around) -> Html:
    original = link(texts("button.original"), entry.post.url) if entry.post.url else ""
    said = (source_and_date(texts, entry.post, around), entry.why, original)
    about = join(said, " · ")
    return italic(about) if about else about


def _entry(post: Post, snippet: Snippet) -> Entry:
    whole = _marked(snippet)
    words = post.title.removesuffix(ELLIPSIS)
    place = None if snippet.cut_before else place_of_title(whole.text, post.title)
    title, rest = FormattedText(words), whole
    if place is not None:
        rest = whole.part(place[1], len(whole.text))
        title = whole.part(*place) if whole.text[slice(*place)] == words else title
    shown, left = _title(title, is_cut=words != post.title)
    # What the title leaves out stands before the rest only where they are neighbours.
    said = _cleaned(left + rest if place else rest, with_matches=not title.entities)
    lines = _two_lines(said, cut_before=snippet.cut_before, cut_after=snippet.cut_after)
    return Entry(post, _underlined(shown), lines)


def _title(title: FormattedText, *, is_cut: bool) -> tuple[FormattedText, FormattedText]:
    """Return what is shown of a title, and what is left of it for the text."""
    mark = LIST_MARK.match(title.text)
    cleaned = _cleaned(title.part(mark.end() if mark else 0, len(title.text)), with_matches=True)
    whole = cleaned if cleaned.text else title
    if columns(whole.text) <= TITLE_COLUMNS:
        return (_with_ellipsis(whole) if is_cut else whole), FormattedText("")
    end = fitting(whole.text, TITLE_COLUMNS)
    return _with_ellipsis(whole.part(0, end)), whole.part(end, len(whole.text))


def _two_lines(text: FormattedText, *, cut_before: bool, cut_after: bool) -> FormattedText:
    """Return two lines of a text, around its first match if that comes later."""
    first = min((entity.offset for entity in text.entities), default=0)
    start = _beginning(text.text, first)
    end = start + fitting(text.text[start:], TEXT_COLUMNS)
    shown = text.part(start, end)
    if cut_before or start > 0:
        shown = _behind_ellipsis(shown)
    return _with_ellipsis(shown) if shown.text and (cut_after or end < len(text.text)) else shown


def _beginning(text: str, first: int) -> int:
    """Return where to begin so that a match is seen: at the beginning, or little before it."""
    if columns(text) <= TEXT_COLUMNS or columns(text[:first]) <= BEFORE_MATCH:
        return 0
    backwards = text[:first][::-1]
    return first - len(backwards[: fitting(backwards, BEFORE_MATCH)].rstrip())


def _marked(snippet: Snippet) -> FormattedText:
    entities = tuple(
        Entity(kind=EntityKind.BOLD, offset=span.start, length=span.end - span.start)
        for span in snippet.spans
    )
    # One line, as long as it was, so that everything stays in its place.
    return FormattedText(re.sub(r"\s", " ", snippet.text), entities)


def _cleaned(text: FormattedText, *, with_matches: bool) -> FormattedText:
    """Return a text without addresses, signs and runs of hashtags, which tell a reader nothing.

    With `with_matches`, hashtags that match stay if otherwise no match would be left to see.
    """
    hashtags = list(_run_hashtags(text.text))
    noise = list(_noise(text.text))
    spoken = text.without((*noise, *hashtags))
    if with_matches and text.entities and not spoken.entities:
        idle = (place for place in hashtags if not _holds_match(text, *place))
        spoken = text.without((*noise, *idle))
    for blank in (BULLETS, BLANKS):
        spoken = spoken.without(match.span() for match in blank.finditer(spoken.text))
    return spoken


def _holds_match(text: FormattedText, start: int, end: int) -> bool:
    return any(match.offset < end and start < match.end for match in text.entities)


def _noise(text: str) -> Iterator[tuple[int, int]]:
    for label in LABEL.finditer(text):
        yield label.start(), label.start("text")
        yield label.end("text"), label.end()
    for match in NOISE.finditer(text):
        yield match.span()


def _run_hashtags(text: str) -> Iterator[tuple[int, int]]:
    """Yield the hashtags that stand one after another."""
    for run in HASHTAGS.finditer(text):
        for hashtag in HASHTAG.finditer(text, *run.span()):
            yield hashtag.span()


def _with_ellipsis(text: FormattedText) -> FormattedText:
    return text.part(0, len(text.text.rstrip(TRAILING))) + FormattedText(ELLIPSIS)


def _behind_ellipsis(text: FormattedText) -> FormattedText:
    start = len(text.text) - len(text.text.lstrip(TRAILING))
    return FormattedText(ELLIPSIS) + text.part(start, len(text.text))


def _underlined(title: FormattedText) -> FormattedText:
    """Return a title with its matches underlined, as all of it is bold."""
    kinds = (replace(entity, kind=EntityKind.UNDERLINE) for entity in title.entities)
    return FormattedText(title.text, tuple(kinds))
