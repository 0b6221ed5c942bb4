"""One page, one URL: the key under which the archive keeps a link; and what kind of page it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from storage.models import LinkKind
from storage.urls.parts import (
    MOST_HOSTS,
    Parts,
    host_and_above,
    is_cut,
    is_web,
    split,
    unicode_host,
    words,
)
from storage.urls.sites import canonical_page, with_main_host

if TYPE_CHECKING:
    from collections.abc import Mapping

# Parameters of advertisers, mailers and social networks, added to other people's URLs.
TRACKING = words(
    "_branch_match_id _branch_referrer _ga _gl _hsenc _hsmi __hsfp __hssc __hstc __s __tn__ "
    "__twitter_impression _openstat action_object_map action_ref_map action_type_map "
    "ck_subscriber_id cmpid dclid epik fb_action_ids fb_action_types fb_ref fb_source fbclid "
    "gad_source gbraid gclid gclsrc guccounter guce_referrer guce_referrer_sig hsctatracking "
    "ig_mid ig_rid igsh igshid li_fat_id mc_cid mc_eid mibextid mkt_tok ml_subscriber "
    "ml_subscriber_hash msclkid n_ad n_ad_group n_campaign_type n_contract n_keyword "
    "n_keyword_id n_match n_media n_query n_rank napm oly_anon_id oly_enc_id rb_clickid ref_src "
    "ref_url s_cid sc_channel sca_esv scm soc_src soc_trk spm sr_share srsltid ttclid twclid "
    "vero_conv vero_id wbraid wickedid wprov wt_mc xtor yclid ysclid"
)
TRACKING_PREFIXES = ("utm_", "mtm_", "hsa_", "pk_campaign", "pk_kwd", "pk_source", "__cft__")
# Parameters that only track on these hosts (and those below them) and mean something elsewhere.
TRACKING_ON: Mapping[str, frozenset[str]] = {
    host: words(names)
    for host, names in {
        "aliexpress.com": "aff_fcid aff_fsk aff_platform pvid scm_id terminal_id",
        "brunch.co.kr": "t_src",
        "facebook.com": "eav extid fref hc_ref locale paipv rdid refid sfnsn share_url",
        "fortune.com": "xid",
        "google.com": "usp ved ei sei gs_lcp gs_lp sxsrf aqs oq sourceid",
        "linkedin.com": "lipi midtoken miditoken originalsubdomain rcm refid trackingid trk "
        "trkinfo licu",
        "medium.com": "source",
        "naver.com": "cds lfrom ntype trackingcode",
        "notion.site": "pvs",
        "notion.so": "pvs",
        "reddit.com": "rdt share_id",
        "soundcloud.com": "si",
        "spotify.com": "si nd context dlsi",
        "substack.com": "r s isfreemail showwelcome showwelcomeonshare triedredirect triggershare",
        "theinformation.com": "rc",
        "threads.net": "xmt slof",
        "tiktok.com": "_r _t is_copy_url is_from_webapp sender_device sender_web_id share_app_id",
        "youtube.com": "ab_channel app feature pp si",
        "youtu.be": "ab_channel feature pp si",
    }.items()
}
# A referrer is named by its host or in words; numbers may well be what the page is about.
_REFERRER = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[A-Za-z]{2,}/?|[A-Za-z_-]*", re.ASCII)
# Where `ref` is a branch or a commit, and what it is anywhere.
FORGES = frozenset(("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com"))
_OWN_FORGE = re.compile(r"git(?:lab|ea)?\..*")
BRANCHES = words("main master develop dev trunk head stable latest release")
# An anchor is words: `fn-5-7014be`, `References`. What an application keeps behind the `#` holds
# other signs (`/inbox`, `gid=0`, `!topic`) or letters in random case, as keys do.
_ANCHOR = re.compile(r"[A-Z]*[^\WA-Z_]*(?:[-_.:][A-Z]*[^\WA-Z_]*)*")
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
SECTIONS: Mapping[str, Mapping[str, LinkKind]] = {
    "facebook.com": {
        "/events/": LinkKind.EVENT,
        "/watch/": LinkKind.VIDEO,
        "/reel/": LinkKind.VIDEO,
    },
    "github.com": {"/readme/": LinkKind.ARTICLE},
    "huggingface.co": {"/blog/": LinkKind.ARTICLE, "/papers/": LinkKind.PAPER},
    "linkedin.com": {
        "/events/": LinkKind.EVENT,
        "/jobs/": LinkKind.JOB,
        "/pulse/": LinkKind.ARTICLE,
    },
    "x.com": {"/i/events/": LinkKind.EVENT},
}
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


def without_noise(parts: Parts) -> Parts:
    """Return the URL without tracking parameters and without its place on the page."""
    if not (parts.query or parts.fragment):
        return parts
    query = tuple(piece for piece in parts.query if not _tracks(parts.host, piece))
    fragment = parts.fragment.partition(":~:")[0]
    if _ANCHOR.fullmatch(unquote(fragment)):
        fragment = ""
    if (query, fragment) == (parts.query, parts.fragment):
        return parts
    return parts._replace(query=query, fragment=fragment)


def _tracks(host: str, piece: str) -> bool:
    name, _, value = piece.partition("=")
    name = name.lower()
    if name == "ref":
        return _is_referrer(value) and not _is_forge(host)
    return name in TRACKING or name.startswith(TRACKING_PREFIXES) or _tracks_on(host, name)


def _tracks_on(host: str, name: str) -> bool:
    return any(name in TRACKING_ON.get(above, ()) for above in host_and_above(host))


def _is_referrer(value: str) -> bool:
    return _REFERRER.fullmatch(value) is not None and value.lower() not in BRANCHES


def _is_forge(host: str) -> bool:
    return not FORGES.isdisjoint(host_and_above(host)) or _OWN_FORGE.match(host) is not None


# By host: the path, and the parameters that hold the target.
REDIRECTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "away.vk.com": ("/away.php", ("to",)),
    "duckduckgo.com": ("/l", ("uddg",)),
    "exit.sc": ("/", ("url",)),
    "facebook.com": ("/l.php", ("u",)),
    "getpocket.com": ("/redirect", ("url",)),
    "l.facebook.com": ("/l.php", ("u",)),
    "l.instagram.com": ("/", ("u",)),
    "l.threads.net": ("/", ("u",)),
    "link.naver.com": ("/bridge", ("url",)),
    "link.zhihu.com": ("/", ("target",)),
    "linkedin.com": ("/redir/redirect", ("url",)),
    "lm.facebook.com": ("/l.php", ("u",)),
    "medium.com": ("/r", ("url",)),
    "out.reddit.com": ("/", ("url",)),
    "slack-redir.net": ("/link", ("url",)),
    "steamcommunity.com": ("/linkfilter", ("url", "u")),
    "t.me": ("/iv", ("url",)),
    "t.umblr.com": ("/redirect", ("z",)),
    "vk.com": ("/away.php", ("to",)),
    "youtube.com": ("/redirect", ("q",)),
}
_GOOGLE = re.compile(r"google\.(?:com?\.)?[a-z]{2,3}")
_GOOGLE_REDIRECT = ("/url", ("q", "url"))
_OUTLOOK = ".safelinks.protection.outlook.com"
_OUTLOOK_REDIRECT = ("/", ("url",))
# A page in Google's fast format, shown from Google's host or from its cache.
_AMP = re.compile(r"(?:/amp|/[cv])/s/(?P<page>[^/]+\.[^/]+.*)")
_TARGET = re.compile(r"https?://[^/?#]+\.[^/?#]+", re.IGNORECASE)


def target(parts: Parts) -> str | None:
    """Return the URL that an address redirects to, if it is known to do nothing else."""
    if amp := _is_amp(parts) and _AMP.fullmatch(parts.path):
        return f"https://{amp['page']}" + (f"?{'&'.join(parts.query)}" if parts.query else "")
    path, names = _redirect(parts.host)
    url = unquote(parts.value(*names)) if names and parts.path == path else ""
    return url if _TARGET.match(url) else None


@lru_cache(maxsize=MOST_HOSTS)
def _redirect(host: str) -> tuple[str, tuple[str, ...]]:
    if _GOOGLE.fullmatch(host):
        return _GOOGLE_REDIRECT
    if host.endswith(_OUTLOOK):
        return _OUTLOOK_REDIRECT
    return REDIRECTS.get(host, ("", ()))


def _is_amp(parts: Parts) -> bool:
    if parts.host.endswith(".cdn.ampproject.org"):
        return parts.path.startswith(("/c/", "/v/"))
    return parts.path.startswith("/amp/") and _GOOGLE.fullmatch(parts.host) is not None


LONGEST_CHAIN = 8  # redirects inside redirects; a longer chain is someone's joke and stays


def canonical_url(raw: str) -> str:
    """Return the address of the page that a URL, with or without its scheme, leads to.

    It opens that page and is its own canonical form. URLs of one page become equal, also across
    the names its site gives it; two pages keep two. A cut URL is tidied and not interpreted, so
    that it never passes for a whole one; what is no web address is returned as it is.
    """
    parts = canonical_parts(raw)
    return raw.strip() if parts is None else str(parts)


def canonical_parts(raw: str) -> Parts | None:
    """Return the parts of the canonical URL; None for what is no web address."""
    raw = raw.strip()
    if not is_web(raw):
        return None
    parts = _unwrapped(split(raw))
    if is_cut(str(parts)):
        return with_main_host(parts)
    parts = without_noise(canonical_page(with_main_host(parts)))
    if len(parts.query) > 1:
        parts = parts._replace(query=tuple(sorted(parts.query, key=_name)))
    return parts


def host_of(url: str) -> str:
    """Return the host of a URL as people know it: lower case, no `www.`, in its own script."""
    return unicode_host(split(url.strip()).host) if is_web(url.strip()) else ""


def _unwrapped(parts: Parts) -> Parts:
    """Return what a chain of redirects leads to, as far as the URL itself says."""
    inner = parts
    for _ in range(LONGEST_CHAIN):
        url = target(with_main_host(inner))
        if url is None or is_cut(str(inner)):
            return inner
        inner = split(url)
    return parts


def _name(piece: str) -> str:
    return piece.partition("=")[0]


def kind_of(parts: Parts) -> LinkKind:
    """Return what a canonical URL leads to, as far as its host and path tell."""
    return _of_section(parts) or _of_host(parts.host) or _of_words(parts) or LinkKind.OTHER


def _of_section(parts: Parts) -> LinkKind | None:
    sections = SECTIONS.get(parts.host, {}).items()
    path = f"{parts.path}/"
    return next((kind for start, kind in sections if path.startswith(start)), None)


@lru_cache(maxsize=MOST_HOSTS)
def _of_host(host: str) -> LinkKind | None:
    return next((HOSTS[name] for name in host_and_above(host) if name in HOSTS), None)


def _of_words(parts: Parts) -> LinkKind | None:
    page = parts.host + parts.path
    return next((kind for kind, words in _WORDS.items() if words.match(page)), None)
