"""What the playground's channel posts when it is asked to: news of today, some with a picture."""

from __future__ import annotations

import struct
import zlib
from typing import Final, NamedTuple

from bot.playground.botapi.files import PNG

WIDTH, HEIGHT = 480, 270
EIGHT_BITS_RGB: Final = b"\x08\x02\x00\x00\x00"


class Broadcast(NamedTuple):
    """A post, and the two colours of its picture if it has one."""

    text: str
    colours: tuple[tuple[int, int, int], tuple[int, int, int]] | None = None


BROADCASTS: Final = (
    Broadcast(
        "노을이 예쁜 날의 사무실 창가\n\n오늘은 일찍 마치고 산책을 했습니다. #일상",
        ((250, 128, 84), (92, 64, 150)),
    ),
    Broadcast(
        "스타트업 투자 시장이 다시 움직입니다\n\n초기 투자 건수가 석 달째 늘었습니다. "
        "AI 회사에 절반이 몰렸네요. https://example.com/funding #투자 #AI"
    ),
    Broadcast(
        "A startup's first ten customers\n\nTalk to each of them every week; the product follows. "
        "#startup",
        ((46, 134, 171), (163, 217, 119)),
    ),
    Broadcast("오픈소스 LLM 모음\n\n이번 주에 나온 모델 세 가지를 정리했습니다. #AI #오픈소스"),
)


def picture(first: tuple[int, int, int], last: tuple[int, int, int]) -> bytes:
    """Return a PNG that goes over from one colour above to another below."""
    rows = bytearray()
    for y in range(HEIGHT):
        mixed = (a + (b - a) * y // (HEIGHT - 1) for a, b in zip(first, last, strict=True))
        rows += b"\x00" + bytes(mixed) * WIDTH
    header = struct.pack(">II", WIDTH, HEIGHT) + EIGHT_BITS_RGB
    pixels = zlib.compress(bytes(rows))
    return PNG + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)
