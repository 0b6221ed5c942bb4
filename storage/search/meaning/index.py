"""The parts of all posts by what they mean: those closest to a text, or to a post."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from storage.models import Span
from storage.search.meaning import cutting, storing
from storage.search.meaning.storing import NewPart

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from storage.search.meaning.encoder import Encoder
    from storage.search.meaning.storing import Part
    from storage.search.meaning.vectors import Bits, Vector, Vectors

CANDIDATES: Final = 200
"""Parts, those whose bits are nearest, whose vectors are read: among 10,000 film reviews the ten
closest are 97 % the same as if all were."""

PARTS_A_CANDIDATE: Final = 5_000
"""One more vector is read for each so many parts: of more parts, more have bits as near."""


MOST_ALIKE: Final = 30
"""Posts that are compared part by part with one whose like is looked for."""


class Close(NamedTuple):
    """A post and how close its closest part is in meaning: the cosine of the two vectors."""

    post_id: int
    part: Span
    korean: bool
    cosine: float


class SaidPart(NamedTuple):
    """A part of a text: where it is, and what it says without its links."""

    span: Span
    said: str


class MeaningIndex:
    """Answers from the vectors that an archive holds, and makes those that it lacks.

    One for each open archive; its bits are read from there when first asked, later only new ones.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._lock = Lock()
        self._bits: Bits | None = None

    @property
    def model(self) -> str:
        """The name of the model and of how texts are cut; by another, all vectors are made anew."""
        return f"{self._encoder.model}, parts {cutting.VERSION}"

    @cached_property
    def _vectors(self) -> ModuleType:
        from storage.search.meaning import vectors  # noqa: PLC0415 - numpy, once it is needed

        return vectors

    def load(self) -> None:
        """Load the model. It takes a second, and is not for the event loop."""
        self._encoder.encode([""])

    def read_bits(self, connection: sqlite3.Connection) -> Bits:
        """Return the bits of all parts, after those were read that have come since."""
        with self._lock:
            if self._bits is None:
                from storage.search.meaning.vectors import Bits  # noqa: PLC0415 - numpy

                self._bits = Bits()
            for rows in storing.bits_after(connection, self._bits.last_id):
                self._bits.add(rows)
            return self._bits

    def cut(self, text: str) -> list[SaidPart]:
        """Return the parts of a text, and what is encoded of each."""
        plain = cutting.without_links(text)
        return [SaidPart(part, cutting.said_in(plain, part)) for part in cutting.parts_of(text)]

    def encoded(self, parts: Sequence[SaidPart]) -> list[NewPart]:
        """Return parts with their vectors. It computes, and is not for the event loop."""
        vectors = self._encoder.encode([part.said for part in parts]) if parts else ()
        return [self._packed(part, one) for part, one in zip(parts, vectors, strict=True)]

    def _packed(self, part: SaidPart, vector: Vector) -> NewPart:
        pack = self._vectors
        korean = cutting.is_korean(part.said)
        return NewPart(part.span, korean, pack.as_bits(vector), pack.as_bytes(vector))

    def close_to(
        self, connection: sqlite3.Connection, text: str, candidates: int = CANDIDATES
    ) -> list[Close]:
        """Return the posts closest to a text, the closest first, each by its closest part."""
        if not self.read_bits(connection):
            return []  # before the model is loaded
        return self._close(connection, self._encoder.encode([text])[0], candidates)

    def alike(
        self, connection: sqlite3.Connection, post_id: int, others: Iterable[int]
    ) -> dict[int, float]:
        """Return how close others are to a post, and as many more that are closest to it.

        Those without vectors are left out; all are, if the post itself has none yet.
        """
        own = self._matrix(storing.parts_of_posts(connection, [post_id])).get(post_id)
        if own is None:
            return {}
        nearest = self._close(connection, own.mean(axis=0), CANDIDATES)[: MOST_ALIKE + 1]
        ids = {*others, *(close.post_id for close in nearest)} - {post_id}
        theirs = self._matrix(storing.parts_of_posts(connection, ids))
        return {other: self._vectors.closeness(own, parts) for other, parts in theirs.items()}

    def _matrix(self, parts: Iterable[Part]) -> dict[int, Vectors]:
        """Return the vectors of all parts of each post."""
        packed: defaultdict[int, list[bytes]] = defaultdict(list)
        for part in parts:
            packed[part.post_id].append(part.vector)
        return {post_id: self._vectors.unpacked(some) for post_id, some in packed.items()}

    def _close(
        self, connection: sqlite3.Connection, vector: Vector, candidates: int
    ) -> list[Close]:
        pack = self._vectors
        bits = self.read_bits(connection)
        ids = bits.nearest(pack.as_bits(vector), candidates + len(bits) // PARTS_A_CANDIDATE)
        parts = storing.parts(connection, ids)
        if 2 * len(parts) < len(ids):  # most are of posts that were changed or removed meanwhile
            self._forget()
        if not parts:
            return []
        unit = vector / pack.length_of(vector)
        cosines = pack.unpacked([part.vector for part in parts]) @ unit
        order = (-cosines).argsort().tolist()
        return _best([(parts[place], float(cosines[place])) for place in order])

    def _forget(self) -> None:
        """Let all bits be read again."""
        with self._lock:
            self._bits = None


def _best(parts: Iterable[tuple[Part, float]]) -> list[Close]:
    """Return posts by their closest parts, given the closest first."""
    found: dict[int, Close] = {}
    for part, cosine in parts:
        if part.post_id not in found:
            span = Span(part.first, part.last)
            found[part.post_id] = Close(part.post_id, span, bool(part.korean), cosine)
    return list(found.values())
