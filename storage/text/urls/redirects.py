"""Addresses that only lead on to another, which stands in them: unwrapped without asking anyone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.text.urls.parts import Parts

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
    """Return the URL that an address leads on to, if it is known to do nothing else."""
    if amp := _is_amp(parts) and _AMP.fullmatch(parts.path):
        return f"https://{amp['page']}" + (f"?{'&'.join(parts.query)}" if parts.query else "")
    path, names = _redirect(parts.host)
    url = unquote(parts.value(*names)) if names and parts.path == path else ""
    return url if _TARGET.match(url) else None


def _redirect(host: str) -> tuple[str, tuple[str, ...]]:
    if _GOOGLE.fullmatch(host):
        return _GOOGLE_REDIRECT
    if host.endswith(_OUTLOOK):
        return _OUTLOOK_REDIRECT
    return REDIRECTS.get(host, ("", ()))


def _is_amp(parts: Parts) -> bool:
    if parts.host.endswith(".cdn.ampproject.org"):
        return parts.path.startswith(("/c/", "/v/"))
    return bool(_GOOGLE.fullmatch(parts.host)) and parts.path.startswith("/amp/")
