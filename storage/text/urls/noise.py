"""What a URL carries besides its page: who shared it, through what, and where on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from storage.text.urls.parts import host_and_above
from storage.text.urls.tables import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.text.urls.parts import Parts

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


def without_noise(parts: Parts) -> Parts:
    """Return the URL without tracking parameters and without its place on the page."""
    query = tuple(piece for piece in parts.query if not _tracks(parts.host, piece))
    fragment = parts.fragment.partition(":~:")[0]
    if _ANCHOR.fullmatch(unquote(fragment)):
        fragment = ""
    if (query, fragment) == (parts.query, parts.fragment):
        return parts
    return replace(parts, query=query, fragment=fragment)


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
