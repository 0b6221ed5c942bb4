"""What a link leads to, judged by its host and sometimes by the beginning of its path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storage.models import LinkKind
from storage.urls.parts import host_and_above, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.urls.parts import Parts

HOSTS: Mapping[str, LinkKind] = {
    host: kind
    for kind, hosts in {
        LinkKind.VIDEO: "youtube.com youtu.be vimeo.com twitch.tv ted.com tv.naver.com "
        "tv.kakao.com chzzk.naver.com dailymotion.com loom.com bilibili.com",
        LinkKind.PAPER: "arxiv.org arxiv-vanity.com alphaxiv.org doi.org openreview.net "
        "paperswithcode.com aclanthology.org semanticscholar.org scholar.google.com biorxiv.org "
        "medrxiv.org ssrn.com jmlr.org proceedings.mlr.press papers.nips.cc "
        "proceedings.neurips.cc openaccess.thecvf.com dl.acm.org ieeexplore.ieee.org dbpia.co.kr "
        "kci.go.kr riss.kr",
        LinkKind.CODE: "github.com gist.github.com github.dev gitlab.com bitbucket.org "
        "codeberg.org sourceforge.net huggingface.co hf.co kaggle.com colab.research.google.com "
        "replit.com codesandbox.io stackblitz.com pypi.org npmjs.com crates.io docs.rs "
        "stackoverflow.com leetcode.com programmers.co.kr",
        LinkKind.ARTICLE: "medium.com substack.com tistory.com velog.io brunch.co.kr "
        "blog.naver.com post.naver.com n.news.naver.com news.naver.com contents.premium.naver.com "
        "v.daum.net notion.site notion.so wikipedia.org namu.wiki news.hada.io eopla.net "
        "disquiet.io yozm.wishket.com longblack.co publy.co folin.co outstanding.kr platum.kr "
        "byline.network venturesquare.net mk.co.kr hankyung.com chosun.com joongang.co.kr "
        "donga.com hani.co.kr mt.co.kr sedaily.com etnews.com zdnet.co.kr bloter.net aitimes.com "
        "a16z.com sequoiacap.com paulgraham.com stratechery.com "
        "semianalysis.com foundationcapital.com theinformation.com techcrunch.com wired.com "
        "theverge.com venturebeat.com technologyreview.com scientificamerican.com nature.com "
        "science.org fortune.com forbes.com bloomberg.com reuters.com wsj.com ft.com nytimes.com "
        "economist.com cnbc.com bbc.com hbr.org dev.to hackernoon.com towardsdatascience.com "
        "mpost.io lilianweng.github.io huyenchip.com",
        LinkKind.SOCIAL: "x.com twitter.com facebook.com instagram.com linkedin.com threads.net "
        "threads.com t.me reddit.com news.ycombinator.com discord.com discord.gg bsky.app "
        "mastodon.social tiktok.com pinterest.com quora.com threadreaderapp.com "
        "open.kakao.com pf.kakao.com careerly.co.kr blind.com teamblind.com",
        LinkKind.BOOK: "yes24.com kyobobook.co.kr aladin.co.kr ridibooks.com millie.co.kr "
        "goodreads.com books.google.com oreilly.com manning.com leanpub.com amazon.com "
        "amazon.co.jp amazon.co.uk amazon.de mitpress.mit.edu wikidocs.net "
        "deeplearningbook.org d2l.ai udlbook.github.io",
        LinkKind.EVENT: "lu.ma luma.com eventbrite.com meetup.com festa.io event-us.kr "
        "onoffmix.com aideadlin.es zoom.us sessionize.com",
        LinkKind.JOB: "wanted.co.kr jobkorea.co.kr saramin.co.kr rocketpunch.com jumpit.co.kr "
        "groupby.kr incruit.com indeed.com glassdoor.com greenhouse.io lever.co ashbyhq.com "
        "workable.com greetinghr.com ninehire.site",
    }.items()
    for host in hosts.split()
}
# Hosts of which a part is something else than the rest.
SECTIONS: tuple[tuple[str, str, LinkKind], ...] = (
    ("facebook.com", "/events/", LinkKind.EVENT),
    ("facebook.com", "/watch/", LinkKind.VIDEO),
    ("facebook.com", "/reel/", LinkKind.VIDEO),
    ("github.com", "/readme/", LinkKind.ARTICLE),
    ("huggingface.co", "/blog/", LinkKind.ARTICLE),
    ("huggingface.co", "/papers/", LinkKind.PAPER),
    ("linkedin.com", "/events/", LinkKind.EVENT),
    ("linkedin.com", "/jobs/", LinkKind.JOB),
    ("linkedin.com", "/pulse/", LinkKind.ARTICLE),
    ("x.com", "/i/events/", LinkKind.EVENT),
)
# For hosts nobody listed: the names people give to the part of a site that holds such pages.
_WORDS: Mapping[LinkKind, re.Pattern[str]] = {
    kind: re.compile(rf"(?:{names})\.|[^/]+/(?:[\w-]+/)?(?:{folders})(?:/|\Z)", re.ASCII)
    for kind, (names, folders) in {
        LinkKind.JOB: (
            "careers?|jobs?|recruit|hiring",
            "careers?|jobs?|recruit(?:ment)?|hiring|positions?",
        ),
        LinkKind.EVENT: ("events?|conf|conference", "events?|conferences?|meetups?|webinars?"),
        LinkKind.CODE: ("git|gitlab|gitea", "repos?"),
        LinkKind.ARTICLE: (
            "blogs?|news|newsletter|magazine|tech|engineering|medium",
            "blogs?|posts?|p|articles?|news|insights?|stories|essays?|entry|wiki|[0-9]{4}/[0-9]{2}",
        ),
    }.items()
}


def kind_of(url: str) -> LinkKind:
    """Return what a URL leads to, as far as its host and path tell."""
    parts = split(url)
    return _of_section(parts) or _of_host(parts.host) or _of_words(parts) or LinkKind.OTHER


def _of_section(parts: Parts) -> LinkKind | None:
    path = f"{parts.path}/"
    return next(
        (kind for host, start, kind in SECTIONS if parts.host == host and path.startswith(start)),
        None,
    )


def _of_host(host: str) -> LinkKind | None:
    return next((HOSTS[name] for name in host_and_above(host) if name in HOSTS), None)


def _of_words(parts: Parts) -> LinkKind | None:
    page = parts.host + parts.path
    return next((kind for kind, words in _WORDS.items() if words.match(page)), None)
