r"""Makes the word lists from the wheels of wordfreq and mecab-ko-dic, and from an English list.

    pip download --no-deps wordfreq==3.1.1 python-mecab-ko-dic==2.1.1.post2
    uv run --with msgpack python -m storage.language.lexicon.build \
        wordfreq-3.1.1-*.whl python_mecab_ko_dic-*.whl /usr/share/dict/american-english

wordfreq tells which words are frequent, mecab-ko-dic the parts of speech of Korean words. The
English list (Debian's wamerican 2020.12.07) tells which of wordfreq's rarer words are no slips.
"""

from __future__ import annotations

import gzip
import re
import struct
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgpack

from storage.language.lexicon.wordlists import pack

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
KOREAN, ENGLISH = re.compile("[가-힣]+"), re.compile("[a-z]+")

# Frequencies on wordfreq's Zipf scale: 3 is once in a million words, 4 ten times.
RARE_ENGLISH = 2.0
COMMON_PART, COMMON_SYLLABLE = 3.8, 4.4
# What wordfreq counted often and is a slip all the same.
SLIPS = frozenset(
    ["teh", "alot", "atleast", "aswell", "noone", "ect", "thi", "오랫만", "왠만", "희안", "내노라"]
)

# Costs, lower for the more frequent. Words that its training text does not have all cost the same.
UNSEEN_NOUN = 2639
UNSEEN_VERBS = range(4445, 4465)
# Nouns of two syllables that cost more look like slips of others more often than they are meant.
COMMON_SHORT_NOUN = 2500
COMMON_ADVERB = 4000

NOUNS = frozenset(["NNG", "NNP", "XR", "NP", "NR", "NNB"])
PARTS = {True: frozenset(["NNG", "NNP", "XR"]), False: frozenset(["NNG", "NNB", "NP"])}
BOUND = re.compile(r"(?:V.|VC.|XS[VA]|E.|ET.|J.+)(?:\+EP)?")
VERB = re.compile("(?:VV|VA|VCN)")
STEM = re.compile(r"(?:VV|VA|VCN)(?:\+EP)?")
VERB_FORM = re.compile(r"(?:VV|VA|VCN)(?:\+(?:EP|EC|EF|ETM|ETN))?")


class Entry(NamedTuple):
    """What mecab-ko-dic says of a word as one part of speech: 가꿨 is VV+EP, of 가꾸."""

    cost: int
    lemma: str


def main(wordfreq: str, mecab: str, english: str) -> None:
    """Write all lists beside this file."""
    with zipfile.ZipFile(wordfreq) as wheel:
        korean = _frequencies(wheel, "small_ko")
        lists = {"english": _english(wheel, Path(english).read_text(encoding="utf-8"))}
    korean = {word: zipf for word, zipf in korean.items() if KOREAN.fullmatch(word)}
    with zipfile.ZipFile(mecab) as wheel:
        entries = _entries(wheel.read("mecab_ko_dic/dictionary/sys.dic"))
    lists |= _korean(korean, entries)
    for name, words in lists.items():
        packed = pack(words - SLIPS)
        FOLDER.joinpath(f"{name}.xz").write_bytes(packed)
        print(f"{name}: {len(words):,} words, {len(packed):,} bytes")  # noqa: T201 — a command


def _frequencies(wheel: zipfile.ZipFile, name: str) -> dict[str, float]:
    """Read a list of wordfreq: after a header, the words of each hundredth of the Zipf scale."""
    packed = wheel.read(f"wordfreq/data/{name}.msgpack.gz")
    _, *by_frequency = msgpack.loads(gzip.decompress(packed))
    return {
        word: 9 - hundredths / 100
        for hundredths, words in enumerate(by_frequency)
        for word in words
    }


def _english(wheel: zipfile.ZipFile, dictionary: str) -> set[str]:
    """Return the frequent words, and rarer ones that a dictionary has."""
    frequent, all_words = _frequencies(wheel, "small_en"), _frequencies(wheel, "large_en")
    in_dictionary = set(dictionary.lower().split())
    rarer = {word for word in in_dictionary if all_words.get(word, 0) >= RARE_ENGLISH}
    return {word for word in {*frequent, *rarer} if ENGLISH.fullmatch(word)}


def _entries(dictionary: bytes) -> dict[str, dict[str, Entry]]:
    """Read a compiled dictionary of MeCab: the entries of each word by part of speech."""
    sizes = struct.unpack_from("<10I", dictionary)
    tokens = 72 + sizes[6]
    features = tokens + sizes[7]
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for _, _, _, cost, at, _ in struct.iter_unpack("<HHHhII", dictionary[tokens:features]):
        end = dictionary.index(b"\0", features + at)
        speech, _, _, word, *_, expression = dictionary[features + at : end].decode().split(",")
        if KOREAN.fullmatch(word):
            lemma = expression.partition("/")[0] if "/" in expression else word
            found[word].setdefault(speech, Entry(cost, lemma))
    return found


def _korean(
    frequent: dict[str, float], entries: dict[str, dict[str, Entry]]
) -> dict[str, set[str]]:
    """Return the lists: parts of compounds, other nouns, roots of 하다, verbs, and the rest."""
    parts = {word for word, zipf in frequent.items() if _is_part(word, zipf, entries[word])}
    nouns = {word for word in frequent if NOUNS & entries[word].keys()} | set(_nouns(entries))
    adverbs = {word for word, entry in entries.items() if _is_common_adverb(entry)}
    alone = {word for word in frequent if _stands_alone(entries[word])}
    return {
        "parts": parts,
        "nouns": {word for word in nouns - parts if len(word) > 1},
        "roots": {word for word, entry in entries.items() if "XR" in entry and len(word) > 1},
        **_verbs(frequent, entries),
        "words": (alone | adverbs) - {word for word in nouns if len(word) > 1} - parts,
    }


def _stands_alone(entry: dict[str, Entry]) -> bool:
    """Whether a word is more than a stem, an ending or a particle."""
    return not all(BOUND.fullmatch(speech) for speech in entry)


def _is_part(word: str, zipf: float, entry: dict[str, Entry]) -> bool:
    """Whether a word is a noun frequent enough to be looked for in compounds and with particles."""
    is_long = len(word) > 1
    is_common = zipf >= (COMMON_PART if is_long else COMMON_SYLLABLE)
    return is_common and not PARTS[is_long].isdisjoint(entry)


def _nouns(entries: dict[str, dict[str, Entry]]) -> Iterator[str]:
    """Yield the nouns that mecab-ko-dic learnt from text."""
    for word, entry in entries.items():
        cost = entry["NNG"].cost if "NNG" in entry else UNSEEN_NOUN
        if cost != UNSEEN_NOUN and (len(word) > 2 or cost < COMMON_SHORT_NOUN):  # noqa: PLR2004
            yield word


def _is_common_adverb(entry: dict[str, Entry]) -> bool:
    return "MAG" in entry and entry["MAG"].cost < COMMON_ADVERB


def _verbs(frequent: dict[str, float], entries: dict[str, dict[str, Entry]]) -> dict[str, set[str]]:
    """Return what takes an ending, as 마시 and 마셨, and what may stand alone, as 마셔 and 마신."""
    lemmas = _lemmas(frequent, entries)
    found: dict[str, set[str]] = {"stems": set(), "verbs": set()}
    for word, entry in entries.items():
        for speech, form in entry.items():
            if form.lemma in lemmas and VERB_FORM.fullmatch(speech):
                found["stems" if STEM.fullmatch(speech) else "verbs"].add(word)
    return found


def _lemmas(frequent: dict[str, float], entries: dict[str, dict[str, Entry]]) -> set[str]:
    """Return the stems of verbs and adjectives that wordfreq or mecab-ko-dic met in texts."""
    return {
        word
        for word, entry in entries.items()
        for speech, (cost, _) in entry.items()
        if VERB.fullmatch(speech) and (word in frequent or cost not in UNSEEN_VERBS)
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
