import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import Archive
from tests.support.recording import App, Call, Person, RecordingRequest

SECRET = "비밀스러운 검색어"


def answers(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.method == "answerCallbackQuery"]


@pytest.fixture
def broken(archive: Archive, tmp_path: Path) -> None:
    """An archive whose posts cannot be read any more, as a damaged file's cannot."""
    with closing(sqlite3.connect(tmp_path / "galpi.db")) as connection:
        connection.execute("ALTER TABLE posts RENAME TO lost")


@pytest.fixture
def damaged(archive: Archive, tmp_path: Path) -> None:
    """An archive in whose file the page with the chosen languages is overwritten."""
    path = tmp_path / "galpi.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        root = "SELECT rootpage FROM sqlite_master WHERE name = 'languages'"
        (page,) = connection.execute(root).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


@pytest.mark.parametrize(
    "data",
    ["", "old", "2o1.", "1p999", "1rAAAAAAAA.0.r", "1o1.rAAAAAAAA", None],
)
async def test_an_old_or_foreign_button_is_answered_politely_and_once(
    person: Person, data: str | None
) -> None:
    calls = await person.presses(data)
    assert calls == answers(calls)
    (answered,) = calls
    assert "오래된 버튼" in answered.parameters["text"]


@pytest.mark.parametrize("data", ["1o999.", "1s999.", "1v999"])
async def test_a_button_of_a_post_that_is_gone_says_so(person: Person, data: str) -> None:
    (answered,) = await person.presses(data)
    assert "보관함에 없는 글" in answered.parameters["text"]


async def test_a_button_below_an_inline_message_is_answered(person: Person) -> None:
    (answered,) = await person.presses("1t0", message=None, inline_message_id="abc")
    assert "오래된 버튼" in answered.parameters["text"]


async def test_a_message_out_of_reach_is_answered_by_a_new_one(person: Person) -> None:
    gone = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}
    shown, answered = await person.presses("1t0", message=gone)
    assert (shown.method, shown.parameters["chat_id"]) == ("sendMessage", 7)
    assert answered.method == "answerCallbackQuery"


@pytest.mark.parametrize(
    "reason", ["Bad Request: message to edit not found", "Bad Request: message can't be edited"]
)
async def test_a_message_that_cannot_be_edited_is_answered_by_a_new_one(
    person: Person, request_: RecordingRequest, reason: str
) -> None:
    request_.refuse("editMessageText", 400, reason)
    calls = await person.presses("1t0")
    assert [call.method for call in calls] == [
        "editMessageText",
        "sendMessage",
        "answerCallbackQuery",
    ]


async def test_an_edit_that_changes_nothing_is_no_trouble(
    person: Person, request_: RecordingRequest, caplog: pytest.LogCaptureFixture
) -> None:
    reason = "Bad Request: message is not modified: specified new message content and reply markup"
    request_.refuse("editMessageText", 400, reason)
    calls = await person.presses("1t0")
    assert [call.method for call in calls] == ["editMessageText", "answerCallbackQuery"]
    assert "text" not in calls[-1].parameters
    assert not caplog.records


async def test_a_query_too_old_to_answer_is_no_trouble(
    person: Person, request_: RecordingRequest, caplog: pytest.LogCaptureFixture
) -> None:
    reason = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    request_.refuse("answerCallbackQuery", 400, reason)
    await person.presses("1n")
    request_.refuse("answerInlineQuery", 400, reason)
    await person.asks_inline("연재")
    assert not caplog.records


async def test_an_unexpected_refusal_of_an_edit_is_recorded_and_answered_once(
    person: Person, request_: RecordingRequest, caplog: pytest.LogCaptureFixture
) -> None:
    request_.refuse("editMessageText", 400, "Bad Request: can't parse entities")
    calls = await person.presses("1t0")
    assert len(answers(calls)) == 1
    assert "문제가 생겼어요" in calls[-1].parameters["text"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize("method", ["answerCallbackQuery", "answerInlineQuery"])
async def test_an_unexpected_refusal_of_an_answer_is_recorded(
    person: Person, request_: RecordingRequest, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    request_.refuse(method, 400, "Bad Request: something else")
    await (person.presses("1n") if "Callback" in method else person.asks_inline("연재"))
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_a_chat_that_blocked_the_bot_is_left_in_peace(
    person: Person, request_: RecordingRequest, caplog: pytest.LogCaptureFixture
) -> None:
    request_.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    assert len(await person.says("연재")) == 1
    assert [record.levelname for record in caplog.records] == ["DEBUG"]


# python-telegram-bot warns of its own use of what it means to change.
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(
    ("status", "description", "parameters"),
    [(429, "Too Many Requests: retry after 3", {"retry_after": 3}), (502, "Bad Gateway", {})],
)
async def test_trouble_on_the_way_is_one_line_and_no_apology(
    person: Person,
    request_: RecordingRequest,
    caplog: pytest.LogCaptureFixture,
    status: int,
    description: str,
    parameters: dict[str, int],
) -> None:
    request_.refuse("sendMessage", status, description, **parameters)
    assert len(await person.says("연재")) == 1
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.exc_info is None


@pytest.mark.usefixtures("broken")
async def test_a_failure_is_told_in_one_sentence_and_recorded_without_what_was_said(
    person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    (call,) = await person.says(SECRET)
    assert call.text == "앗, 문제가 생겼어요. 잠시 뒤에 다시 해 주세요."
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.exc_info
    assert SECRET not in caplog.text


@pytest.mark.usefixtures("damaged")
async def test_who_chose_which_language_may_be_lost_but_not_the_answer(person: Person) -> None:
    (call,) = await person.says("연재")
    assert "글 12개를 찾았어요" in call.text


@pytest.mark.usefixtures("damaged")
async def test_an_archive_s_error_does_not_tell_the_chat_where_it_lies(
    person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    (call,) = await person.says("/lang en")
    assert call.text == "앗, 문제가 생겼어요. 잠시 뒤에 다시 해 주세요."
    assert "ArchiveCorrupt" in caplog.text


@pytest.mark.usefixtures("broken")
async def test_a_failing_button_is_answered_once_with_the_same_sentence(person: Person) -> None:
    (answered,) = await person.presses("1o1.")
    assert (answered.method, answered.parameters["text"]) == (
        "answerCallbackQuery",
        "앗, 문제가 생겼어요. 잠시 뒤에 다시 해 주세요.",
    )


@pytest.mark.usefixtures("broken")
async def test_a_failing_inline_query_has_no_chat_to_tell(person: Person) -> None:
    assert await person.asks_inline("연재") == []


@pytest.mark.usefixtures("broken")
async def test_an_apology_that_does_not_arrive_ends_there(
    person: Person, request_: RecordingRequest, caplog: pytest.LogCaptureFixture
) -> None:
    request_.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    assert len(await person.says("연재")) == 1
    assert [record.levelname for record in caplog.records] == ["ERROR", "DEBUG"]


async def test_an_error_without_an_update_is_recorded(
    application: App, caplog: pytest.LogCaptureFixture
) -> None:
    await application.process_error(None, ZeroDivisionError())
    assert "Background work failed" in caplog.text


@pytest.mark.parametrize(
    ("status", "description", "more"),
    [
        (400, "Bad Request: something about the text", {}),
        (401, "Unauthorized", {}),
        (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -100777}),
        (404, "Not Found", {}),
        (409, "Conflict: terminated by other getUpdates request", {}),
        (500, "Internal Server Error", {}),
    ],
)
async def test_whatever_telegram_refuses_is_a_line_and_no_traceback(
    person: Person,
    request_: RecordingRequest,
    caplog: pytest.LogCaptureFixture,
    archive: Archive,
    status: int,
    description: str,
    more: dict[str, int],
) -> None:
    caplog.set_level("INFO")
    await archive.watch(7, "고래")
    request_.refuse("sendMessage", status, description, **more)
    await person.says("연재")
    assert caplog.records
    assert not any(record.exc_info for record in caplog.records)
    assert bool(await archive.watches(-100777)) == ("upgraded" in description)
    assert (await person.says("연재"))[0].method == "sendMessage"
