import pytest

from bot.handlers.start import COMMANDS
from storage import Archive
from tests.support.recording import BOT, Person, RecordingRequest


async def test_the_greeting_has_four_ways_in_and_one_to_any_chat(person: Person) -> None:
    (call,) = await person.says("/start")
    assert call.method == "sendMessage"
    assert "안녕하세요" in call.text
    assert "글 19개" in call.text
    assert [bool(button.get("callback_data")) for button in call.buttons] == [True] * 4 + [False]
    assert call.buttons[-1]["switch_inline_query"] == ""


@pytest.mark.parametrize("label", ["찾기", "태그", "링크", "아무 글"])
async def test_each_way_in_leads_on_and_leaves_the_greeting(person: Person, label: str) -> None:
    (greeting,) = await person.says("/start")
    shown, answered = await person.presses(greeting.data(label))
    assert (shown.method, answered.method) == ("sendMessage", "answerCallbackQuery")
    assert "text" not in answered.parameters


async def test_help_names_every_command_in_the_asker_s_language(
    person: Person, foreigner: Person
) -> None:
    for somebody, word in ((person, "글 찾기"), (foreigner, "find posts")):
        (call,) = await somebody.says("/help")
        assert word in call.text
        for command in COMMANDS:
            assert (f"\n/{command.name} – " in call.text) != command.for_admins
        assert "site:arxiv.org" in call.text


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [("post-2", "Distillation"), ("help", "/search"), ("post-4", "0번째 문단")],
)
async def test_links_to_the_bot_lead_to_their_place(
    person: Person, parameter: str, expected: str
) -> None:
    call, *_ = await person.says(f"/start {parameter}")
    assert expected in call.text


async def test_a_tag_and_a_search_can_be_linked_to(person: Person, archive: Archive) -> None:
    (tag,) = await archive.find_tags("AI")
    (call,) = await person.says(f"/start tag-{tag.id}")
    assert "#AI" in call.text
    (results,) = await person.says("연재")
    search_id = results.data("▶")[2:10]
    (again,) = await person.says(f"/start search-{search_id}")
    assert again.text == results.text


@pytest.mark.parametrize(
    "parameter",
    ["post-999", "tag-999", "search-AAAAAAAA", "post-x", "post-" + "9" * 30, "nonsense", "post-٣"],
)
async def test_links_that_lead_nowhere_are_told_so(person: Person, parameter: str) -> None:
    (call,) = await person.says(f"/start {parameter}")
    assert "이제 없어요" in call.text
    assert len(call.buttons) == 5


async def test_without_inline_mode_no_button_asks_for_it(
    person: Person, request_: RecordingRequest
) -> None:
    """Telegram refuses a whole message for one such button."""
    request_.bot = BOT | {"supports_inline_queries": False}
    await person.application.bot.get_me()
    for text in ("/start", "/help", "/start post-1"):
        (call,) = await person.says(text)
        assert not [button for button in call.buttons if "switch_inline_query" in button]
