"""The person at the page: a chat with the bot, a group, a channel, and what is done there."""

from __future__ import annotations

import secrets
import struct
import zlib
from itertools import cycle
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.playground.botapi import BotApi, people
from bot.playground.botapi.fields import bad_request
from bot.playground.botapi.state import PNG
from bot.playground.botapi.texts import message_text

if TYPE_CHECKING:
    from bot.playground.botapi.model import Chat, User
    from bot.playground.botapi.queries import CallbackQuery, InlineQuery, InlineResult

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
    Broadcast(
        "Notes from a week without meetings\n\nTwo features shipped, one bug found by reading. "
        "#productivity"
    ),
    Broadcast(
        "첫 고객과 나눈 세 가지 질문\n\n무엇을 대신하나요, 얼마를 쓰나요, 없어지면요? #창업",
        ((232, 180, 60), (196, 86, 74)),
    ),
    Broadcast("읽을거리 두 편\n\n검색의 역사와 작은 모델의 쓸모를 다룬 글입니다. #공부 #AI"),
    Broadcast(
        "벚꽃이 핀 출근길\n\n조금 돌아서 걸었습니다. #일상", ((255, 214, 224), (120, 170, 120))
    ),
)


def picture(first: tuple[int, int, int], last: tuple[int, int, int]) -> bytes:
    """Return a PNG: a gradient from one colour at its top to another at its bottom."""
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


BOT_ID: Final = 7_000_000_001
BOT_USERNAME: Final = "galpi_demo_bot"
SECRET_BYTES: Final = 26  # as many as make the 35 characters of Telegram's tokens
YOU: Final = "You"
FRIENDS: Final = ("민지", "Ada")
CHANNEL: Final = "갈피 데모 채널 · Galpi demo"
CHANNEL_USERNAME: Final = "galpi_demo_channel"
OCTETS: Final = "application/octet-stream"
SAMPLES: Final = 8
"""Posts of the channel in the document that the page can send."""
GROUP: Final = "책갈피 모임 · Book club"
# The archive remembers the language that a user chose. Telegram's ids have at most 52 bits; one
# from the upper half is nobody's, and a new one each time has chosen nothing yet.
FIRST_ID: Final = 2**51


class Visitor:
    """Somebody who tries the bot; several pages are the same person, as with several phones."""

    def __init__(self) -> None:
        self.api = BotApi(f"{BOT_ID}:{secrets.token_urlsafe(SECRET_BYTES)}", username=BOT_USERNAME)
        user_id = FIRST_ID + secrets.randbelow(FIRST_ID)
        self.private = self.api.chats.add_person(YOU, None, None, user_id=user_id)
        self.group = self.api.chats.add_group(GROUP, forum=False, privacy=True)
        friends = (self.api.chats.add_person(name, None, None) for name in FRIENDS)
        self.group.members.update({chat.id: chat.user for chat in (self.private, *friends)})
        self.channel = self.api.chats.add_channel(CHANNEL, CHANNEL_USERNAME)
        self.channel.last_message_id = SAMPLES
        self._broadcasts = cycle(BROADCASTS)

    @property
    def chats(self) -> tuple[Chat, Chat]:
        """The chats to see, the private one first."""
        return self.private, self.group

    @property
    def user(self) -> User:
        """The person, as Telegram knows them now."""
        return self.private.user

    def speak(self, language: str) -> None:
        """Set the language of the person's Telegram."""
        self.api.chats.set_language(self.private, language)

    def write(self, chat_id: int, text: str, reply_to: int = 0) -> None:
        """Send a text, perhaps in reply. Raises ApiError if it is empty or too long."""
        message_text(text, "")
        chat = self._chat(chat_id)
        people.write(self.api, self.user, chat, text, reply_to=chat.messages.get(reply_to))

    def send_file(self, chat_id: int, name: str, content: bytes) -> None:
        """Send a document. Raises ApiError if it is empty."""
        if not content:
            raise bad_request("file must be non-empty")
        chat = self._chat(chat_id)
        document = self.api.files.add(name, OCTETS, content)
        people.write(self.api, self.user, chat, "", document=document)

    def go_on_from(self, message_id: int) -> None:
        """Let the channel number its posts from here on: an archive knows those of other days."""
        self.channel.last_message_id = max(self.channel.last_message_id, message_id)

    def broadcast(self) -> None:
        """Let the channel post something new."""
        post = next(self._broadcasts)
        photo = self.api.files.add_photo(picture(*post.colours)) if post.colours else None
        people.broadcast(self.api, self.channel, post.text, photo)

    def press(self, chat_id: int, message_id: int, data: str) -> CallbackQuery:
        """Press a button below a message. Raises ApiError if there is no such message."""
        message = self._chat(chat_id).messages.get(message_id)
        if message is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return people.press(self.api, self.user, message, data, old=False)

    def ask(self, chat_id: int, words: str, offset: str) -> InlineQuery:
        """Type words after the bot's name."""
        chat = self._chat(chat_id)
        return people.ask(self.api, self.user, words, offset=offset, chat=chat)

    def choose(self, chat_id: int, query: InlineQuery, result: InlineResult) -> None:
        """Send an inline result."""
        people.choose(self.api, self.user, self._chat(chat_id), query, result)

    def _chat(self, chat_id: int) -> Chat:
        for chat in self.chats:
            if chat.id == chat_id:
                return chat
        raise bad_request("chat not found")
