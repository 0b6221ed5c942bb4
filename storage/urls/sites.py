"""What some sites call one page in many ways: rules by host, each to the page's own address.

A rule that does not know a URL's form leaves it alone, because one page under two addresses
costs a reader less than two pages under one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from storage.urls.parts import MOST_HOSTS, Parts

Rule: TypeAlias = Callable[[Parts], Parts]

# Other names of one host: its mobile and older selves, and mirrors that only mend its previews.
ALIASES: Mapping[str, str] = {
    alias: host
    for host, aliases in {
        "arxiv.org": "export.arxiv.org ar5iv.org ar5iv.labs.arxiv.org",
        "blog.naver.com": "m.blog.naver.com",
        "doi.org": "dx.doi.org",
        "facebook.com": "fb.com m.facebook.com mbasic.facebook.com touch.facebook.com "
        "web.facebook.com",
        "instagram.com": "m.instagram.com ddinstagram.com",
        "reddit.com": "old.reddit.com new.reddit.com np.reddit.com m.reddit.com",
        "t.me": "telegram.me telegram.dog",
        "threads.net": "threads.com",
        "v.daum.net": "news.v.daum.net",
        "x.com": "twitter.com m.twitter.com mobile.twitter.com mobile.x.com "
        "fxtwitter.com vxtwitter.com fixupx.com fixvx.com",
        "youtube.com": "m.youtube.com youtube-nocookie.com",
    }.items()
    for alias in aliases.split()
}
_LINKEDIN_OF_A_COUNTRY = re.compile(r"(?:[a-z]{2}|m)\.linkedin\.com")
_MOBILE_WIKI = re.compile(r"(?P<language>[a-z-]+)\.m\.(?P<wiki>wik[a-z]+\.org)")
_AMAZON = re.compile(r"(?:m\.)?(?P<host>amazon\.[a-z]{2,3}(?:\.[a-z]{2})?)")

_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
_YOUTUBE_PATH = re.compile(r"/(?:shorts|embed|live|v|e)/(?P<id>[\w-]{11})", re.ASCII)
_ARXIV = re.compile(
    r"/(?:abs|pdf|html|ps|format|src|e-print)/"
    r"(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)?"
)
_ARXIV_DOI = re.compile(r"/10\.48550/arxiv\.(?P<id>[0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?")
_X_POST = re.compile(r"/(?P<user>\w{1,15})/status(?:es)?/(?P<id>[0-9]+)(?:/.*)?", re.ASCII)
_X_POST_OF_NOBODY = re.compile(r"/i/web/status/(?P<id>[0-9]+)")
_X_USER = re.compile(r"/(?!home$|search$|explore$|share$)\w{1,15}", re.ASCII)
_INSTAGRAM = re.compile(r"/(?:[\w.]+/)?(?:p|reels?|tv)/(?P<id>[\w-]{5,})", re.ASCII)
_REDDIT = re.compile(r"(?:/(?:r|user)/[\w-]+)?/comments/(?P<id>\w+)(?:/[^/]*)?", re.ASCII)
_TELEGRAM = re.compile(r"(?:/s(?=/))?/(?P<name>[A-Za-z]\w{3,31})(?P<rest>(?:/.*)?)", re.ASCII)
_NAVER_NEWS = re.compile(
    r"/(?:mnews/)?(?:ranking/|hotissue/)?article/(?P<paper>[0-9]+)/(?P<id>[0-9]+)"
)
_NAVER_NEWS_BEFORE = re.compile(r"/(?:main/)?read\.(?:nhn|naver)")
_NAVER_BLOG = re.compile(r"/[\w-]+/[0-9]+", re.ASCII)
_NAVER_BLOG_VIEW = re.compile(r"/PostView\.(?:nhn|naver)", re.IGNORECASE)
_TISTORY_MOBILE = re.compile(r"\A(?:/m)+(?=/|\Z)")
_GIT_SUFFIX = re.compile(r"(?:\.git)+\Z")
_AMAZON_PRODUCT = re.compile(r"(?:/.*)?/(?:dp|gp/product|gp/aw/d)/(?P<id>[A-Z0-9]{10})(?:/.*)?")
_SUBSTACK_SHARE = re.compile(r"/pub/(?P<name>[a-z0-9-]+)(?P<page>/p/[^/]+)")


def with_main_host(parts: Parts) -> Parts:
    """Return the page under the first name of a host that has several."""
    host = _first_name(parts.host)
    return parts if host == parts.host else parts._replace(host=host)


@lru_cache(maxsize=MOST_HOSTS)
def _first_name(host: str) -> str:
    host = ALIASES.get(host, host)
    if _LINKEDIN_OF_A_COUNTRY.fullmatch(host):
        return "linkedin.com"
    if mobile := _MOBILE_WIKI.fullmatch(host):
        return f"{mobile['language']}.{mobile['wiki']}"
    amazon = _AMAZON.fullmatch(host)
    return amazon["host"] if amazon else host


def canonical_page(parts: Parts) -> Parts:
    """Return the address that the page itself would give, if its site is known."""
    if rule := RULES.get(parts.host):
        return rule(parts)
    if parts.host.endswith(".tistory.com"):
        return _tistory(parts)
    return _amazon(parts) if _AMAZON.fullmatch(parts.host) else parts


def _only(parts: Parts, path: str, *query: str, host: str = "") -> Parts:
    """Return the address with this path and query in place of its own."""
    return Parts(parts.scheme, host or parts.host, parts.port, path, query)


def _youtube(parts: Parts) -> Parts:
    """Join the ways to watch a video; where to begin and in which list is not another video."""
    in_path = _YOUTUBE_PATH.fullmatch(parts.path)
    video = in_path["id"] if in_path else parts.value("v")
    if (in_path or parts.path == "/watch") and _YOUTUBE_ID.fullmatch(video):
        return _only(parts, "/watch", f"v={video}")
    return parts


def _youtu_be(parts: Parts) -> Parts:
    video = parts.path[1:]
    if _YOUTUBE_ID.fullmatch(video):
        return _only(parts, "/watch", f"v={video}", host="youtube.com")
    return parts


def _arxiv(parts: Parts) -> Parts:
    """Join a paper's abstract, its PDF and HTML, and its versions."""
    paper = _ARXIV.fullmatch(parts.path)
    return _only(parts, f"/abs/{paper['id']}") if paper else parts


def _doi(parts: Parts) -> Parts:
    """Join letter cases (DOIs have none), and arXiv's own DOIs with arXiv."""
    path = parts.path.lower()
    if paper := _ARXIV_DOI.fullmatch(path):
        return _only(parts, f"/abs/{paper['id']}", host="arxiv.org")
    return parts._replace(path=path)


def _x(parts: Parts) -> Parts:
    """Join a post with its photos; names of users have no letter case."""
    if post := _X_POST_OF_NOBODY.fullmatch(parts.path):
        return _only(parts, f"/i/status/{post['id']}")
    if post := _X_POST.fullmatch(parts.path):
        return _only(parts, f"/{post['user'].lower()}/status/{post['id']}")
    return _only(parts, parts.path.lower()) if _X_USER.fullmatch(parts.path) else parts


def _instagram(parts: Parts) -> Parts:
    post = _INSTAGRAM.fullmatch(parts.path)
    return _only(parts, f"/p/{post['id']}") if post else parts


def _reddit(parts: Parts) -> Parts:
    """Join a thread with and without its title; a comment of it is a page of its own."""
    thread = _REDDIT.fullmatch(parts.path)
    return _only(parts, f"/comments/{thread['id']}") if thread else parts


def _redd_it(parts: Parts) -> Parts:
    thread = re.fullmatch(r"/(\w+)", parts.path, re.ASCII)
    return _only(parts, f"/comments/{thread[1]}", host="reddit.com") if thread else parts


def _telegram(parts: Parts) -> Parts:
    """Join a post and its preview on the web; names have no letter case, invitations do."""
    name = _TELEGRAM.fullmatch(parts.path)
    if not name or parts.value("q"):
        return parts
    query = tuple(piece for piece in parts.query if piece not in ("single", "embed=1"))
    return parts._replace(path=f"/{name['name'].lower()}{name['rest']}", query=query)


def _naver_news(parts: Parts) -> Parts:
    """Join an article's page for phones, for desktops, and the one before 2021."""
    host = "n.news.naver.com"
    if article := _NAVER_NEWS.fullmatch(parts.path):
        return _only(parts, f"/article/{article['paper']}/{article['id']}", host=host)
    path = f"/article/{parts.value('oid')}/{parts.value('aid')}"
    if _NAVER_NEWS_BEFORE.fullmatch(parts.path) and _NAVER_NEWS.fullmatch(path):
        return _only(parts, path, host=host)
    return parts


def _naver_blog(parts: Parts) -> Parts:
    view = _NAVER_BLOG_VIEW.fullmatch(parts.path)
    path = f"/{parts.value('blogId')}/{parts.value('logNo')}" if view else parts.path
    return _only(parts, path) if _NAVER_BLOG.fullmatch(path) else parts


def _daum_news(parts: Parts) -> Parts:
    return _only(parts, parts.path) if parts.path.startswith("/v/") else parts


def _tistory(parts: Parts) -> Parts:
    """Join a blog's pages for phones with its others."""
    return parts._replace(path=_TISTORY_MOBILE.sub("", parts.path) or "/")


def _amazon(parts: Parts) -> Parts:
    product = _AMAZON_PRODUCT.fullmatch(parts.path)
    return _only(parts, f"/dp/{product['id']}") if product else parts


def _github(parts: Parts) -> Parts:
    """Join a repository, its clone address and its first tab."""
    query = tuple(piece for piece in parts.query if piece != "tab=readme-ov-file")
    return parts._replace(path=_GIT_SUFFIX.sub("", parts.path), query=query)


def _substack(parts: Parts) -> Parts:
    share = _SUBSTACK_SHARE.fullmatch(parts.path)
    return _only(parts, share["page"], host=f"{share['name']}.substack.com") if share else parts


RULES: Mapping[str, Rule] = {
    "arxiv.org": _arxiv,
    "blog.naver.com": _naver_blog,
    "doi.org": _doi,
    "github.com": _github,
    "instagram.com": _instagram,
    "m.news.naver.com": _naver_news,
    "n.news.naver.com": _naver_news,
    "news.naver.com": _naver_news,
    "open.substack.com": _substack,
    "redd.it": _redd_it,
    "reddit.com": _reddit,
    "t.me": _telegram,
    "v.daum.net": _daum_news,
    "x.com": _x,
    "youtu.be": _youtu_be,
    "youtube.com": _youtube,
}
