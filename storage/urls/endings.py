"""Where a URL ends in running text: how long its host is, and how long its path.

A name without a scheme is taken for a host only where it surely is one.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache

from storage.language.hangul import KEYS
from storage.language.korean import PARTICLES, SAFE_PARTICLES
from storage.urls import canonical
from storage.urls.parts import MOST_HOSTS, host_and_above, words

# Letters of scripts written without spaces, or, as Korean, with endings glued to foreign words.
CJK = (
    "\u1100-\u11ff\u3040-\u30fa\u30fc-\u30ff\u3131-\u318c\u318e\u3400-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\uffa1-\uffdc"
)

# Country codes under which sites are registered (IANA root zone).
COUNTRIES = words(
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs "
    "bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee "
    "eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm "
    "hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb "
    "lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz "
    "na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs "
    "ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl "
    "tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
GENERIC = words(
    "academy app art asia biz blog capital club com design dev edu gle gov info int io mil mobi "
    "museum net online org page pro shop site space store studio team tech university ventures "
    "vip wiki world xyz"
)
REGISTERED = COUNTRIES | GENERIC
# In scripts of their own: known by name, because text may be glued behind them.
IN_OTHER_SCRIPTS = words(
    "한국 닷컴 닷넷 삼성 рф рус бел укр срб онлайн сайт 中国 中國 香港 台湾 台灣 新加坡 公司 "
    "网络 网址 在线 中文网 みんな コム ελ ευ ไทย भारत مصر امارات السعودية"
)
# Ends of file names (README.md, main.rs) and words (log.in, call.me): no sign of a host.
DOUBTFUL = words(
    "am art as at be biz by cc do id in info int is it la me mil ml mov my no page pl pm pro ps pt "
    "py rs sh so st team tf to us world zip"
)
# So common that a name under them, in lower case and with nothing behind it, is read as a host.
COMMON = words("ai com dev edu gov io jp kr net org tv xyz")
# co.kr is where hosts are registered, not a host.
REGISTRIES = words("ac co com edu go gov ne net or org pe re")
# Names that code has a dot behind: torch.io, self.net.
IN_CODE = words("cls df fs nn np os pd plt re scipy self skimage sys tf this torch")

# Under a doubtful domain, or of one letter, and yet surely hosts; `canonical.HOSTS` has others.
SHORTENERS = words(
    "amzn.to bit.ly dlvr.it fb.me flip.it g.co j.mp kko.to lnkd.in me2.do naver.me redd.it t.co "
    "t.ly wa.me wp.me"
)

LONGEST_HOST = 253  # RFC 1035

# A user's name, if any, then a host up to what it cannot hold or the scheme of another URL.
_AUTHORITY = re.compile(
    r"(?:[\w.!$&*+,;=:%~-]{1,64}@)?"
    rf"(?P<host>[\w.-]{{1,{LONGEST_HOST}}}?)(?=[^\w.-]|\Z|https?://)",
    re.IGNORECASE,
)
_PORT = re.compile(r":[0-9]{2,5}(?![0-9])")
# Not those of the writer's own machine or network.
_IP_ADDRESS = re.compile(r"(?!0\.|10\.|127\.|192\.168\.)(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
_TOP_LEVEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]+", re.IGNORECASE | re.ASCII)
_ASCII = string.ascii_letters + string.digits + "-"
_WRITTEN_TOGETHER = re.compile(f"[{CJK}]")
_NAME = re.compile(r"[A-Z가-힣]\w*")


def authority_length(text: str) -> int:
    """Return how much of a text, taken from behind `https://`, is a host with its port; or 0."""
    authority = _AUTHORITY.match(text)
    length = _host_length(authority["host"]) if authority else 0
    if not authority or not length:
        return 0
    end = authority.start("host") + length
    port = _PORT.match(text, end)
    return port.end() if port else end


def is_likely(host: str) -> bool:
    """Whether a name without a scheme can be a host, depending on what stands behind it.

    Node.js, README.md, 2330.TW and np.ones cannot.
    """
    labels = host.split(".")
    if "." not in host or not all(labels):
        return False
    return _has_www(host) or _is_known(host) or _may_have_pages(labels) or _is_plain(labels)


def is_sure(host: str, path: str) -> bool:
    """Whether a likely host surely is one with this path behind it: not Z.ai, nor Z.ai/OpenAI."""
    if _has_www(host):
        return True
    labels = host.split(".")
    if path.strip("/"):
        return _is_known(host) or (_may_have_pages(labels) and not _is_choice(host, path))
    return host.islower() and _is_plain(labels)


@lru_cache(maxsize=MOST_HOSTS)
def _host_length(run: str) -> int:
    """Return how much of a run of letters, digits, dots and hyphens is a host.

    A sentence may go on behind it: `lovo.ai.Next`, `lovo.ai.다음`, `tistory.com에서`.
    """
    if _IP_ADDRESS.fullmatch(run):
        return len(run)
    labels = run.split(".")
    best, start, known = 0, len(labels[0]) + 1, False
    for number, label in enumerate(labels[1:], 2):
        length = _top_level_length(label)
        if not label or (known and _is_sentence(label, is_last=number == len(labels))):
            break
        if length:
            best, known = start + length, label[:length].lower() in REGISTERED
        if 0 < length < len(label):
            break
        start += len(label) + 1
    return best


def _top_level_length(label: str) -> int:
    """Return how much of a label can be the last of a host."""
    plain = len(label) - len(label.lstrip(_ASCII))
    if plain == len(label):
        return plain if _TOP_LEVEL.fullmatch(label) else 0
    if plain:
        return plain if label[:plain].lower() in REGISTERED else 0
    name = next((name for name in IN_OTHER_SCRIPTS if label.startswith(name)), "")
    return len(name) or (0 if _WRITTEN_TOGETHER.match(label) else len(label))


def _is_sentence(label: str, *, is_last: bool) -> bool:
    if not label[0].isascii():
        return True
    return is_last and label[0].isupper() and label.lower() not in REGISTERED


def _has_www(host: str) -> bool:
    first, _, rest = host.lower().partition(".")
    return first == "www" and "." in rest and _top_level_length(rest.rpartition(".")[2]) > 0


def _is_known(host: str) -> bool:
    names = host_and_above(host.lower())
    return any(name in canonical.HOSTS or name in SHORTENERS for name in names)


def _may_have_pages(labels: list[str]) -> bool:
    name, top_level = labels[-2:]
    if name.isdigit():
        return top_level in ("com", "net", "org")
    return top_level in REGISTERED - DOUBTFUL and (len(name) > 1 or top_level in COMMON)


def _is_choice(host: str, path: str) -> bool:
    """Whether the slash stands between two names: Booking.com/Agoda."""
    return not host.islower() and _NAME.fullmatch(path[1:]) is not None


def _is_plain(labels: list[str]) -> bool:
    """Whether a name with nothing behind it is a host, and neither code nor a registry."""
    *below, name, top_level = labels
    if labels[0] in IN_CODE or (not below and name in REGISTRIES):
        return False
    return top_level in COMMON and len(name) > 1 and not name.isdigit()


LONGEST_URL = 2048  # what servers and browsers agree to take

# Nothing of a URL: white space and controls, quotation marks and other brackets than ( and [,
# what joins words in print (· — →), full-width punctuation, emoji, invisible signs.
STOPS = (
    r"\s\x00-\x20\x7f-\xad<>\"\\^`{|}«»·\u2000-\u200f\u2014-\u2025\u2027-\u206f\u2190-\u2bff"
    r"\u3000-\u303f\u30fb\u318d\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\ufff0-\uffff\U0001f000-\U0001faff"
)
RUN = re.compile(f"[^{STOPS}]{{1,{LONGEST_URL + 1}}}")
SCHEME = re.compile(r"https?://", re.IGNORECASE)
# Most URLs behind their schemes: nothing of these, up to the white space behind, is in doubt.
PLAIN = re.compile(
    r"(?:[a-z0-9-]{1,63}\.){1,3}[a-z]{2,24}"
    r"(?:/(?:[A-Za-z0-9/_=-]|[.?&%](?=[A-Za-z0-9])){0,500}+)?(?=\s|\Z)"
)

# Pages that show another page, whose URL stands in their path.
SHOWS_OTHERS = words(
    "12ft.io archive.is archive.org archive.ph archive.today freedium.cfd outline.com r.jina.ai "
    "validator.w3.org via.hypothes.is web.archive.org"
)
# What stands behind these is a title in any language: /wiki/LG전자, ?q=AI투자.
TITLE_FOLDERS = words(
    "categories category entry explore hashtag hashtags keyword keywords search tag tags topic "
    "topics w wiki"
)
TITLE_PARAMETERS = words(
    "k keyword keywords name q query s search search_query tag term text title w word"
)
DEEPEST_BRACKETS = 3

_PARAMETER = re.compile(r"[?&#;][\w.-]{1,40}=\Z|\?\Z", re.ASCII)
_LONGEST_PARAMETER = 42
_ELLIPSIS = re.compile(r"…|\.{3,}")
_BRACKET = re.compile(r"[()\[\]]")
_CLOSING = {")": "(", "]": "["}
_CJK_RUN = re.compile(f"[{CJK}]+")
_REST_OF_FILE_NAME = re.compile(
    r"[^/?#]*\.(?:csv|docx?|gif|html?|hwpx?|ipynb|jpe?g|jsp|md|mp[34]|pdf|php|png|pptx?|txt|webp"
    r"|xlsx?|zip)(?=[?#]|\Z)",
    re.IGNORECASE,
)
# An article of an encyclopedia is a noun; hardly any title ends in one of these.
_ARTICLE = re.compile(r"(/(?:wiki|w)/[가-힣]{2,}?)(?:에서[는도]?|에는|입니다|이라는|를)")
_DELIMITERS = "/?&=#"
_IN_WORDS_BEFORE = "+&@%#"
_IN_WORDS_AFTER = frozenset("-_/%")
_PUNCTUATION = ".,:;!?'*~$(["
_AT_END = _PUNCTUATION + "&#@%–"


def path_length(url: str, start: int, *, in_brackets: bool) -> int:
    """Return how much of a run of characters, from its host to its end, is the URL's path.

    The host ends at `start`. Inside the brackets of a Markdown link all up to the closing one is.
    """
    path = url[start:]
    closed = _balanced(path)
    if in_brackets and path[len(closed) : len(closed) + 1] == ")":
        return len(closed)
    path = _trimmed(_balanced(_up_to_cut(url[start : _next_url(url, start)])))
    return len(_trimmed(_unglued(path)))


def _next_url(url: str, start: int) -> int:
    """Return where another URL is glued on; one that is an argument of the first is not."""
    for scheme in SCHEME.finditer(url, start):
        before = url[max(start, scheme.start() - _LONGEST_PARAMETER) : scheme.start()]
        shown = before.endswith("/") and url[:start].lower() in SHOWS_OTHERS
        if not shown and not _PARAMETER.search(before):
            return scheme.start()
    return len(url)


def _up_to_cut(path: str) -> str:
    """Return a path up to where it was cut for show, unless it goes on in a later segment."""
    for dots in _ELLIPSIS.finditer(path):
        after = path[dots.end() : dots.end() + 1]
        inside_word = after.isascii() and after.isalnum() and dots[0] != "…"
        if after != "/" and not inside_word:
            return path[: dots.end()]
    return path


def _balanced(path: str) -> str:
    """Return a path up to the first bracket without a partner; [ ] only stand in queries."""
    query = path.find("?")
    opened: list[int] = []
    for bracket in _BRACKET.finditer(path):
        at = bracket.start()
        if bracket[0] == "(" or (bracket[0] == "[" and 0 <= query < at):
            opened.append(at)
            if len(opened) > DEEPEST_BRACKETS:
                break
        elif opened and path[opened[-1]] == _CLOSING.get(bracket[0]):
            opened.pop()
        else:
            return path[: opened[0] if opened else at]
    return path[: opened[0]] if opened else path


def _unglued(path: str) -> str:
    """Return a path without the Korean particle or the sentence that follows it unspaced."""
    for run in _CJK_RUN.finditer(path):
        if _is_glued(path, run.start(), run.end()):
            return path[: run.start()]
    article = _ARTICLE.fullmatch(path)
    return article[1] if article else path


def _is_glued(path: str, start: int, end: int) -> bool:
    """Whether letters of a script written without spaces are text behind a URL, not part of it.

    Letters behind an identifier are text (2307.01850에서, kmhana.tistory.com/3최신). They are part
    of the URL at the start of a segment or of a word in it, unless they are a particle, in a
    segment that has such letters already, and in a title (wiki/LG전자).
    """
    before, word, after = path[start - 1], path[start:end], path[end : end + 1]
    if before in _IN_WORDS_BEFORE or (before == "?" and after == "="):
        return False
    if _in_title(path, start):
        return before not in _DELIMITERS and _is_particle(word, only_safe=True)
    if before in "/=-_":
        return _is_particle(word, only_safe=False) and after not in _IN_WORDS_AFTER
    if _REST_OF_FILE_NAME.match(path, end):
        return False
    return before in _PUNCTUATION or after not in _IN_WORDS_AFTER


def _in_title(path: str, at: int) -> bool:
    start = max(path.rfind(delimiter, 0, at) for delimiter in _DELIMITERS)
    if path[start + 1] == "@" or _CJK_RUN.search(path, start + 1, at):
        return True
    before = max(path.rfind(delimiter, 0, start) for delimiter in _DELIMITERS)
    name = path[before + 1 : start].lower()
    return name in (TITLE_PARAMETERS if path[start] == "=" else TITLE_FOLDERS)


def _is_particle(word: str, *, only_safe: bool) -> bool:
    keys = word.translate(KEYS)
    return keys in SAFE_PARTICLES or (keys in PARTICLES and (len(word) > 1 or not only_safe))


def _trimmed(path: str) -> str:
    """Return a path without the punctuation of the sentence around it."""
    return path if path.endswith(("…", "...")) else path.rstrip(_AT_END)
