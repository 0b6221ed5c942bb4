"""Chats between people never come in unasked, whatever export they stand in."""

from __future__ import annotations

import gzip
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.command_line import invoke

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header">{back}
<div class="text bold">{title}</div></div><div class="page_body chat_page"><div class="history">
{messages}</div></div></div></body></html>"""
BACK = '<a class="content block_link" href="../../lists/chats.html"></a>'
MESSAGE = """<div class="message default clearfix" id="message{id}"><div class="body">
<div class="pull_right date details" title="01.11.2026 10:00:00 UTC+00:00">10:00</div>
<div class="from_name">{sender}</div><div class="text">{text}</div></div></div>"""
ENTRY = """<a class="entry block_link" href="../chats/{folder}/messages.html"><div class="body">
<div class="pull_right info details">{kind}</div><div class="name bold">{name}</div></div></a>"""
SECRET, PUBLIC = "우리끼리 하는 비밀 이야기", "구독자에게 보내는 공개 글"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "galpi.db"


def page(title: str, *said: tuple[str, str], back: str = "") -> str:
    messages = (
        MESSAGE.format(id=n, sender=who, text=text) for n, (who, text) in enumerate(said, 1)
    )
    return PAGE.format(title=title, back=back, messages="".join(messages))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def account(folder: Path, *, listed: bool = True) -> Path:
    """Write an HTML export of an account with a channel, and a chat in which one person wrote."""
    private = page("친구", ("친구", SECRET), back=BACK)
    write(folder / "chats/chat_1/messages.html", private)
    write(folder / "chats/chat_2/messages.html", page("채널", ("채널", PUBLIC), back=BACK))
    entries = (("chat_1", "private", "친구"), ("chat_2", "channel", "채널"))
    html = "".join(ENTRY.format(folder=f, kind=kind, name=name) for f, kind, name in entries)
    if listed:
        write(folder / "lists/chats.html", f"<html><body>{html}</body></html>")
    return folder


def texts(database: Path) -> list[str]:
    lines = invoke(database, "posts", "--json").stdout.splitlines()
    return sorted(json.loads(line)["text"] for line in lines)


def chat(kind: str, text: str, **fields: object) -> dict[str, Any]:
    message = {
        "id": 1,
        "type": "message",
        "date": "2026-11-01T10:00:00",
        "date_unixtime": "1793527200",
        "text": text,
    }
    return {"id": len(kind), "name": kind, "type": kind, **fields, "messages": [message]}


def write_json(path: Path, data: object, *, last: bool) -> None:
    """Write an export, the kind of a chat before its messages or, `last`, after them."""

    def ordered(value: object) -> object:
        if isinstance(value, dict):
            keys = sorted(value, key=lambda key: (key == "type") == last)
            return {key: ordered(value[key]) for key in keys}
        return [ordered(one) for one in value] if isinstance(value, list) else value

    write(path, json.dumps(ordered(data), ensure_ascii=False))


@pytest.mark.parametrize("options", [(), ("--source", "채널"), ("--source", "내 채널")])
def test_an_account_in_html_gives_its_channels_alone(
    database: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    result = invoke(database, "import", account(tmp_path / "export"), *options)
    assert SECRET not in "".join(texts(database))
    if options != ("--source", "내 채널"):
        assert texts(database) == [PUBLIC]
        assert "친구" in result.stderr


@pytest.mark.parametrize("separator", ["/", "\\"])
def test_a_zip_of_an_account_does_so_too(database: Path, tmp_path: Path, separator: str) -> None:
    folder = account(tmp_path / "export")
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for path in folder.rglob("*.html"):
            archive.write(path, separator.join(path.relative_to(folder).parts))
    invoke(database, "import", tmp_path / "export.zip")
    assert texts(database) == [PUBLIC]


@pytest.mark.parametrize("link", [' href="../../lists/chats.html#allow_back"', ""])
def test_an_account_is_known_however_its_pages_lead_back(
    database: Path, tmp_path: Path, link: str
) -> None:
    folder = account(tmp_path / "export")
    for path in folder.glob("chats/*/messages.html"):
        source = path.read_text(encoding="utf-8")
        write(path, source.replace(' href="../../lists/chats.html"', link))
    invoke(database, "import", folder)
    assert texts(database) == [PUBLIC]


def test_a_chat_that_is_listed_twice_differently_stays_out(database: Path, tmp_path: Path) -> None:
    folder = account(tmp_path / "export")
    listed = (folder / "lists/chats.html").read_text(encoding="utf-8")
    twice = ENTRY.format(folder="chat_1", kind="channel", name="친구")
    write(folder / "lists/chats.html", listed.replace("<body>", f"<body>{twice}"))
    invoke(database, "import", folder)
    assert texts(database) == [PUBLIC]


def test_without_its_list_of_chats_nothing_of_an_account_comes_in(
    database: Path, tmp_path: Path
) -> None:
    invoke(database, "import", account(tmp_path / "export", listed=False))
    assert texts(database) == []


@pytest.mark.parametrize("option", [(), ("--source", "채널")])
def test_one_chat_in_html_is_told_by_its_senders(
    database: Path, tmp_path: Path, option: tuple[str, ...]
) -> None:
    write(tmp_path / "a/messages.html", page("친구", ("나", SECRET), ("친구", SECRET)))
    write(tmp_path / "a/messages2.html", page("친구", ("친구", SECRET)))
    for name in ("messages.html", "messages2.html"):
        result = invoke(database, "import", tmp_path / "a" / name, *option)
        assert result.exit_code == 1
    write(tmp_path / "b/messages.html", page("채널", ("채널", PUBLIC)))
    assert invoke(database, "import", tmp_path / "b/messages.html", *option).exit_code == 0
    assert texts(database) == [PUBLIC]


OF_CHANNELS = "Channel title changed to «채널»"
REACTED = (
    '<span class="reactions"><span class="reaction"><span class="emoji">👍</span>{}</span></span>'
)
SERVICE = '<div class="message service" id="message9"><div class="body details">{}</div></div>'


def with_more(source: str, *, service: str = "", reacted: str = "") -> str:
    """A page whose messages have reactions, or with a line by which Telegram tells something."""
    told = SERVICE.format(service) if service else ""
    reactions = REACTED.format(reacted) if reacted else ""
    end = "</div></div></div></body>"
    return source.replace("</div></div></div>", f"</div>{reactions}</div></div>", 1).replace(
        end, told + end
    )


@pytest.mark.parametrize(
    "more",
    [
        {"service": OF_CHANNELS},
        {"service": "Channel photo changed"},
        {"reacted": '<span class="count">12</span>'},
    ],
)
def test_a_channel_that_was_called_otherwise_is_told_by_what_only_channels_have(
    database: Path, tmp_path: Path, more: dict[str, str]
) -> None:
    renamed = page("우리 채널 둘", ("우리 채널", PUBLIC))
    write(tmp_path / "a/messages.html", renamed)
    assert invoke(database, "import", tmp_path / "a/messages.html").exit_code == 1
    write(tmp_path / "b/messages.html", with_more(renamed, **more))
    assert invoke(database, "import", tmp_path / "b/messages.html").exit_code == 0
    assert texts(database) == [PUBLIC]


@pytest.mark.parametrize(
    "more",
    [
        {"service": "친구 changed group photo"},
        {"service": "친구 joined Telegram"},
        {"service": "친구 sent you a gift."},
        {"service": "History cleared"},
        {"reacted": '<span class="userpics"><div class="userpic"></div></span>'},
    ],
)
def test_where_one_person_alone_wrote_what_only_people_do_keeps_it_out(
    database: Path, tmp_path: Path, more: dict[str, str]
) -> None:
    longer = page("친구 회사", ("친구", SECRET))
    write(tmp_path / "a/messages.html", with_more(longer, **more))
    assert invoke(database, "import", tmp_path / "a/messages.html").exit_code == 1
    if "group" not in str(more):
        same = page("친구", ("친구", SECRET))
        write(tmp_path / "b/messages.html", with_more(same, **more))
        assert invoke(database, "import", tmp_path / "b/messages.html").exit_code == 1
    assert texts(database) == []


INITIALS = (
    '<div class="pull_left userpic_wrap"><div class="userpic"><div class="initials">{}</div></div>'
    '</div><div class="body">'
)


@pytest.mark.parametrize("options", [(), ("--username", "@galpi")])
@pytest.mark.parametrize(("initials", "comes_in"), [("홍길", False), ("홍", True), ("🔥", True)])
def test_who_has_two_initials_is_a_person(
    database: Path, tmp_path: Path, initials: str, options: tuple[str, ...], *, comes_in: bool
) -> None:
    said = page("홍 길동", ("홍 길동", PUBLIC))
    before = '<div class="body">'
    write(tmp_path / "messages.html", said.replace(before, INITIALS.format(initials)))
    assert before in said
    invoke(database, "import", tmp_path / "messages.html", *options)
    assert texts(database) == ([PUBLIC] if comes_in else [])


@pytest.mark.parametrize("title", ["Deleted Account", "Telegram", "Saved Messages"])
def test_chats_that_every_account_has_are_no_channels(
    database: Path, tmp_path: Path, title: str
) -> None:
    write(tmp_path / "messages.html", page(title, (title, SECRET)))
    assert invoke(database, "import", tmp_path / "messages.html").exit_code == 1
    assert texts(database) == []


@pytest.mark.parametrize("title", ["signals_bot", "QuizBot", "Quiz Bot", "날씨 봇", "Погода-бот 🌤"])
def test_who_is_called_as_bots_are_is_no_channel_unless_that_is_said(
    database: Path, tmp_path: Path, title: str
) -> None:
    """A reader who never wrote to a bot, or not in the days that were exported, is not seen."""
    write(tmp_path / "messages.html", page(title, (title, SECRET)))
    assert invoke(database, "import", tmp_path / "messages.html").exit_code == 1
    assert texts(database) == []
    invoke(database, "import", tmp_path / "messages.html", "--username", "@galpi")
    assert texts(database) == [SECRET]


@pytest.mark.parametrize("title", ["오늘의 로봇", "Robot", "Bot Weekly", "Про робот"])
def test_a_channel_about_robots_is_one(database: Path, tmp_path: Path, title: str) -> None:
    write(tmp_path / "messages.html", page(title, (title, PUBLIC)))
    invoke(database, "import", tmp_path / "messages.html")
    assert texts(database) == [PUBLIC]


def test_a_group_in_which_one_alone_wrote_stays_out(database: Path, tmp_path: Path) -> None:
    for name, told in (
        ("a", "가 created group «모임» with members 나"),
        ("b", "가 joined group by request"),
    ):
        said = with_more(page("모임", ("모임", SECRET)), service=told)
        write(tmp_path / name / "messages.html", said)
        assert invoke(database, "import", tmp_path / name / "messages.html").exit_code == 1
    assert texts(database) == []
    result = invoke(database, "import", tmp_path / "b/messages.html", "--private")
    assert "모임 is a group" in result.stderr


@pytest.mark.parametrize("service", ["친구 created group «친구»", "친구 took a screenshot"])
def test_what_is_told_on_a_later_page_keeps_all_pages_out(
    database: Path, tmp_path: Path, service: str
) -> None:
    write(tmp_path / "messages.html", page("친구", ("친구", SECRET)))
    later = with_more(page("친구", ("친구", SECRET)), service=service)
    write(tmp_path / "messages2.html", later)
    assert invoke(database, "import", tmp_path).exit_code == 1
    assert texts(database) == []


@pytest.mark.parametrize(
    ("ids", "comes_in"),
    [
        ((551_231, 551_478, 552_004), False),
        ((51_231, 51_235, 51_238), False),
        ((8_513, 8_541, 8_738), False),
        # A channel deletes some of its posts.
        ((8_513, 8_516, 8_519), True),
        ((513, 541, 738), True),
    ],
)
def test_messages_counted_along_with_those_of_other_chats_are_of_people(
    database: Path, tmp_path: Path, ids: tuple[int, ...], *, comes_in: bool
) -> None:
    said = page("친구", *(("친구", f"{SECRET} {id_}") for id_ in ids))
    for number, id_ in enumerate(ids, 1):
        said = said.replace(f'"message{number}"', f'"message{id_}"')
    write(tmp_path / "messages.html", said)
    assert invoke(database, "import", tmp_path / "messages.html").exit_code != comes_in
    assert len(texts(database)) == (len(ids) if comes_in else 0)


def test_who_answers_on_the_last_page_keeps_all_pages_out(database: Path, tmp_path: Path) -> None:
    for name in ("messages.html", "messages2.html", "messages3.html"):
        write(tmp_path / name, page("친구", ("친구", SECRET)))
    write(tmp_path / "messages4.html", page("친구", ("친구", SECRET), ("나", SECRET)))
    assert invoke(database, "import", tmp_path).exit_code == 1
    assert texts(database) == []


@pytest.mark.parametrize(
    "names",
    [
        ("messages2.html", "messages3.html"),
        ("messages.html", "messages3.html"),
        ("messages (1).html", "messages2 (1).html"),
        ("a.html", "b.HTM"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_who_answers_on_any_page_of_the_folder_keeps_all_out(
    database: Path, tmp_path: Path, names: tuple[str, str], *, packed: bool
) -> None:
    first, second = names
    write(tmp_path / "chat" / first, page("친구", ("친구", SECRET)))
    write(tmp_path / "chat" / second, page("친구", ("나", SECRET)))
    write(tmp_path / "chat" / "channel.html", page("채널", ("채널", PUBLIC)))
    path = tmp_path / "chat"
    if packed:
        path = tmp_path / "chat.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in (tmp_path / "chat").iterdir():
                archive.write(file, f"export/{file.name}")
    else:
        assert invoke(database, "import", path / first).exit_code == 1
    assert invoke(database, "import", path).exit_code == 1
    assert texts(database) == [PUBLIC]


NEXT = '<a class="pagination block_link" href="messages{}.html">Next messages</a>'


@pytest.mark.parametrize("options", [(), ("--username", "@galpi")])
def test_where_pages_are_missing_what_is_not_said_to_be_a_channel_stays_out(
    database: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    for number, next_ in (("", 2), (2, 3)):
        source = page("채널", ("채널", f"{number}{PUBLIC}"))
        end = "</div></div></div></body>"
        write(tmp_path / f"messages{number}.html", source.replace(end, NEXT.format(next_) + end))
    assert invoke(database, "import", tmp_path, *options).exit_code == (0 if options else 1)
    assert len(texts(database)) == (1 if options else 0)
    write(tmp_path / "messages3.html", page("채널", ("채널", PUBLIC)))
    assert invoke(database, "import", tmp_path).exit_code == 0


def test_a_name_in_the_settings_says_nothing_of_another_chat(
    database: Path, tmp_path: Path
) -> None:
    settings = {"GALPI_CHANNELS": "@galpi"}
    source = page("친구", ("친구", SECRET))
    end = "</div></div></div></body>"
    write(tmp_path / "messages.html", source.replace(end, NEXT.format(2) + end))
    assert invoke(database, "import", tmp_path / "messages.html", **settings).exit_code == 1
    channel = source.replace("친구", "채널").replace(SECRET, PUBLIC)
    write(tmp_path / "known/page.html", channel)
    assert invoke(database, "import", tmp_path / "known", "--username", "@galpi").exit_code == 0
    write(tmp_path / "b/messages.html", channel.replace(end, NEXT.format(2) + end))
    assert invoke(database, "import", tmp_path / "b", **settings).exit_code == 0
    assert invoke(database, "import", tmp_path / "messages.html", **settings).exit_code == 1
    assert texts(database) == [PUBLIC]


def test_who_answers_on_a_later_page_that_is_packed_keeps_all_pages_out(
    database: Path, tmp_path: Path
) -> None:
    pages = {"messages.html": ("친구", SECRET), "messages2.html": ("나", SECRET)}
    for name, said in pages.items():
        packed = gzip.compress(page("친구", said).encode())
        (tmp_path / f"{name}.gz").write_bytes(packed)
    assert invoke(database, "import", tmp_path / "messages.html.gz").exit_code == 1
    assert invoke(database, "import", tmp_path).exit_code == 1
    assert texts(database) == []


def test_what_must_stay_out_comes_in_when_asked_for(database: Path, tmp_path: Path) -> None:
    write(tmp_path / "messages.html", page("친구", ("나", SECRET), ("친구", PUBLIC)))
    invoke(database, "import", tmp_path / "messages.html", "--private")
    assert texts(database) == sorted([SECRET, PUBLIC])


@pytest.mark.parametrize("last", [False, True])
def test_an_account_in_json_is_told_by_each_chat_of_its_own(
    database: Path, tmp_path: Path, *, last: bool
) -> None:
    chats = [
        chat("public_channel", PUBLIC),
        chat("personal_chat", SECRET),
        chat("bot_chat", SECRET),
        chat("private_group", SECRET),
        chat("unheard_of", SECRET),
        chat("public_supergroup", "모두가 읽는 모임의 글"),
        chat("saved_messages", SECRET),
    ]
    write_json(tmp_path / "result.json", {"chats": {"list": chats}}, last=last)
    result = invoke(database, "import", tmp_path / "result.json")
    assert texts(database) == sorted([PUBLIC, "모두가 읽는 모임의 글"])
    assert "public_supergroup is a group" in result.stderr
    assert "personal_chat" in result.stderr


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    ("kind", "comes_in"),
    [("private_channel", True), ("personal_chat", False), ("private_supergroup", False)],
)
def test_one_chat_in_json_is_told_by_its_kind(
    database: Path, tmp_path: Path, *, kind: str, comes_in: bool, last: bool
) -> None:
    write_json(tmp_path / "result.json", chat(kind, PUBLIC), last=last)
    invoke(database, "import", tmp_path / "result.json")
    assert texts(database) == ([PUBLIC] if comes_in else [])


def test_a_chat_that_names_no_kind_stays_out(database: Path, tmp_path: Path) -> None:
    data = chat("channel", SECRET)
    del data["type"]
    write_json(tmp_path / "result.json", data, last=False)
    invoke(database, "import", tmp_path / "result.json")
    assert texts(database) == []


def test_a_chat_that_stays_out_keeps_no_other_of_its_file_out(
    database: Path, tmp_path: Path
) -> None:
    chats = (chat("personal_chat", SECRET), chat("public_channel", PUBLIC))
    write(tmp_path / "result.json", "\n".join(map(json.dumps, chats)))
    result = invoke(database, "import", tmp_path / "result.json")
    assert texts(database) == [PUBLIC]
    assert "private chats are not imported" in result.stderr
