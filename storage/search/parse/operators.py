"""The operators of a query, in one table, and the conditions on posts that they mean.

A new operator is a row of `OPERATORS`; a new value of `has:` is a row of `PARTS`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from storage.tags.tagger import hashtag_key, topic_key
from storage.urls import canonical_url

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Demand:
    """An operator with its value as typed; `negated` if a minus led it."""

    operator: str
    value: str
    negated: bool = False


class Filter(NamedTuple):
    """A condition that every hit fulfils: SQL on a row of `posts`, with its values.

    `known` is SQL that returns a row if any post may fulfil it, where that is known without a look
    at posts; `newest` is SQL for the ids of the posts that do, where an index leads to them.
    `dear` tells that a post itself has to be read, not only an index of all posts.
    """

    sql: str
    values: tuple[object, ...]
    known: str = ""
    newest: str = ""
    dear: bool = False


MOST_NEWEST = 20_000
"""Posts with a tag, or a link to a site, that are found without any word: the newest."""

# A hashtag and a topic may have one name. Of a post, its tags are read: not all posts of a tag.
TAGGED = """(
    EXISTS (SELECT 1 FROM post_tags
        WHERE post_id = posts.id AND +tag_id = (SELECT id FROM tags WHERE key = ?))
    OR EXISTS (SELECT 1 FROM post_topics
        WHERE post_id = posts.id AND +tag_id = (SELECT id FROM tags WHERE key = ?)))"""
TAG_KNOWN = "SELECT 1 FROM tags WHERE key IN (?, ?) AND posts > 0"
NEWEST_TAGGED = f"""
SELECT post_id FROM (
    SELECT post_id, ordinal FROM post_tags WHERE tag_id = (SELECT id FROM tags WHERE key = ?)
    UNION ALL
    SELECT post_id, ordinal FROM post_topics WHERE tag_id = (SELECT id FROM tags WHERE key = ?)
    ORDER BY ordinal DESC LIMIT {MOST_NEWEST})"""  # noqa: S608 - no values
LINKED = """EXISTS (
    SELECT 1 FROM post_links CROSS JOIN links ON links.id = link_id
    WHERE post_id = posts.id AND substr('.' || host, -length(?)) = ?)"""
HOST_KNOWN = "SELECT host FROM link_hosts WHERE substr('.' || host, -length(?)) = ?"
NEWEST_LINKED = f"""
SELECT post_id FROM (
    SELECT id FROM links WHERE shares > 0 AND host IN ({HOST_KNOWN})
    ORDER BY newest_ordinal DESC LIMIT {MOST_NEWEST})
CROSS JOIN post_links ON link_id = id LIMIT {MOST_NEWEST}"""  # noqa: S608 - no values
TO_PAGE = """EXISTS (
    SELECT 1 FROM post_links
    WHERE post_id = posts.id AND link_id = (SELECT id FROM links WHERE url = ?))"""
PAGE_KNOWN = "SELECT 1 FROM links WHERE url = ? AND shares > 0"
NEWEST_TO_PAGE = f"""
SELECT post_id FROM post_links WHERE link_id = (SELECT id FROM links WHERE url = ?)
ORDER BY ordinal DESC LIMIT {MOST_NEWEST}"""  # noqa: S608 - no values
WITH_LINK = "EXISTS (SELECT 1 FROM post_links WHERE post_links.post_id = posts.id)"
WITH_TAG = "EXISTS (SELECT 1 FROM post_tags WHERE post_tags.post_id = posts.id)"
FORWARDED = "posts.forwarded_from IS NOT NULL AND instr(lower(posts.forwarded_from), ?) > 0"
# Of all posts in time, of which an index knows the source, those of a source are picked.
OF_SOURCE = """+posts.source_id IN (
    SELECT id FROM sources WHERE instr(lower(title), ?) OR lower(username) = ltrim(?, '@'))"""
# Any Hangul makes a post Korean: one who reads none cannot read all of it.
KOREAN = "posts.text GLOB '*[가-힣\u1100-\u1112]*'"
ENGLISH = f"NOT {KOREAN} AND posts.text GLOB '*[A-Za-z]*'"
EARLIER = "posts.ordinal < ?"
LATER = "posts.ordinal >= ?"

LANGUAGES = {
    "ko": KOREAN, "kr": KOREAN, "korean": KOREAN, "한국어": KOREAN,
    "en": ENGLISH, "english": ENGLISH, "영어": ENGLISH,
}  # fmt: skip
OF_KIND = "posts.media_kind IN ({})".format
PHOTO, VIDEO, FILE = (
    OF_KIND("'photo'"),
    OF_KIND("'video', 'animation', 'round_video'"),
    OF_KIND("'document'"),
)
AUDIO, POLL = OF_KIND("'audio', 'voice'"), OF_KIND("'poll'")
PARTS = {
    "link": WITH_LINK, "links": WITH_LINK, "url": WITH_LINK, "링크": WITH_LINK,
    "tag": WITH_TAG, "tags": WITH_TAG, "태그": WITH_TAG,
    "photo": PHOTO, "photos": PHOTO, "image": PHOTO, "사진": PHOTO,
    "video": VIDEO, "videos": VIDEO, "gif": VIDEO, "영상": VIDEO, "동영상": VIDEO,
    "file": FILE, "files": FILE, "document": FILE, "파일": FILE,
    "audio": AUDIO, "voice": AUDIO, "music": AUDIO, "음악": AUDIO, "poll": POLL, "투표": POLL,
}  # fmt: skip

DATE = re.compile(r"(?P<year>\d{4})(?:[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?)?")
AFTER_ADDRESS = ".,;:!?)]}>\"'"
"""Signs at the end of an address that belong to the sentence."""

HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[^/?#:]+)", re.IGNORECASE)


def tagged(name: str) -> Filter:
    """Demand a tag: the author's or a topic."""
    return Filter(TAGGED, (hashtag_key(name), topic_key(name)), TAG_KNOWN, NEWEST_TAGGED, dear=True)


def read(demand: Demand) -> Filter | None:
    """Return the condition that a demand means; None if its value is a mistake."""
    operator = OPERATORS[demand.operator]
    value = demand.value if operator.keeps_case else demand.value.lower()
    found = operator.read(value) if value else None
    if found and demand.negated:
        return Filter(f"NOT coalesce({found.sql}, 0)", found.values, dear=found.dear)
    return found


def _site(value: str) -> Filter | None:
    match = HOST.match(value)
    host = (f".{match['host']}",) * 2 if match else ()
    return Filter(LINKED, host, HOST_KNOWN, NEWEST_LINKED, dear=True) if match else None


def _page(value: str) -> Filter:
    url = (canonical_url(value.rstrip(AFTER_ADDRESS)),)
    return Filter(TO_PAGE, url, PAGE_KNOWN, NEWEST_TO_PAGE, dear=True)


def _language(value: str) -> Filter | None:
    return Filter(f"({LANGUAGES[value]})", (), dear=True) if value in LANGUAGES else None


def _having(value: str) -> Filter | None:
    sql = PARTS.get(value, "")
    return Filter(sql, (), dear=sql in {WITH_LINK, WITH_TAG}) if sql else None


def _before(value: str) -> Filter | None:
    moment = beginning(value)
    return None if moment is None else Filter(EARLIER, (moment,))


def _after(value: str) -> Filter | None:
    moment = beginning(value)
    return None if moment is None else Filter(LATER, (moment,))


def beginning(date: str) -> int | None:
    """Return when a year, month or day begins, in Unix seconds (UTC); None for no valid date."""
    match = DATE.fullmatch(date)
    if match is None:
        return None
    year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
    try:
        return calendar.timegm(datetime(year, month, day, tzinfo=UTC).timetuple())
    except ValueError:
        return None


class Operator(NamedTuple):
    """How the value of an operator becomes a condition.

    `must_match` tells that a value which no post at all fulfils is a mistake to tell the reader;
    `names_host` that it may then be a host with a slip. `keeps_case` tells that capitals matter.
    """

    read: Callable[[str], Filter | None]
    must_match: bool = False
    names_host: bool = False
    keeps_case: bool = False


OPERATORS: Final = {
    "site": Operator(_site, must_match=True, names_host=True),  # a link to this host
    "link": Operator(_page, must_match=True, keeps_case=True),  # to this page
    "from": Operator(lambda value: Filter(FORWARDED, (value,)), must_match=True),
    "in": Operator(lambda value: Filter(OF_SOURCE, (value, value)), must_match=True),
    "has": Operator(_having),  # a link, a tag, a photo, a video, a file
    "type": Operator(_having),
    "lang": Operator(_language),
    "before": Operator(_before),  # older than the beginning of this day, month or year
    "after": Operator(_after),  # from its beginning on
}
"""By the word before the colon."""
