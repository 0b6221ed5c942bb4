"""Posts kept to read later, each reader's own."""

from bot.texts import texts_for
from storage import Archive
from tests.support.recording import App, Person, RecordingRequest, user

KO = texts_for("ko")


async def test_a_post_is_saved_listed_opened_and_taken_again(person: Person) -> None:
    (post,) = await person.says("/start post-2")
    (told,) = await person.presses(post.data("🔖"))
    assert told.parameters["text"] == KO("saved.added")
    (listed,) = await person.says("/saved")
    assert "Distillation of LLMs" in listed.text
    assert "글 1개" in listed.text
    opened, _ = await person.presses(listed.data("1"))
    back, _ = await person.presses(opened.data("목록으로"))
    assert back.text == listed.text
    (told,) = await person.presses(opened.data("🔖"))
    assert told.parameters["text"] == KO("saved.taken")
    (listed,) = await person.says("/saved")
    assert listed.text == KO("saved.none")


async def test_the_button_shows_whether_the_post_is_saved(person: Person) -> None:
    (post,) = await person.says("/start post-2")
    labels = [button["text"] for button in post.buttons]
    changed, told = await person.presses(post.data("🔖"), below=post)
    assert changed.method == "editMessageReplyMarkup"
    assert told.parameters["text"] == KO("saved.added")
    saved = ["🔖 ✓" if label == "🔖" else label for label in labels]
    assert [button["text"] for button in changed.buttons] == saved
    (again,) = await person.says("/start post-2")
    assert [button["text"] for button in again.buttons] == saved
    changed, _ = await person.presses(again.data("🔖"), below=again)
    assert [button["text"] for button in changed.buttons] == labels


async def test_buttons_that_cannot_be_changed_save_all_the_same(
    person: Person, request_: RecordingRequest, archive: Archive
) -> None:
    (post,) = await person.says("/start post-2")
    request_.refuse("editMessageReplyMarkup", 400, "Bad Request: message can't be edited")
    _, told = await person.presses(post.data("🔖"), below=post)
    assert told.parameters["text"] == KO("saved.added")
    assert await archive.is_saved(7, 2)


async def test_in_a_group_the_button_shows_nobody_s_list(member: Person) -> None:
    (post,) = await member.says("/start post-2")
    (told,) = await member.presses(post.data("🔖"), below=post)
    assert told.method == "answerCallbackQuery"
    (again,) = await member.says("/start post-2")
    assert "🔖" in [button["text"] for button in again.buttons]


async def test_everybody_has_a_list_of_their_own(
    application: App, request_: RecordingRequest, person: Person
) -> None:
    (post,) = await person.says("/start post-2")
    await person.presses(post.data("🔖"))
    other = Person(application, request_, user(8, "ko"), {"id": 8, "type": "private"})
    (listed,) = await other.says("/saved")
    assert listed.text == KO("saved.none")


async def test_in_a_group_nobody_else_sees_the_list(member: Person, archive: Archive) -> None:
    await archive.toggle_saved(9, 2)
    (answer,) = await member.says("/saved")
    assert answer.text == KO("saved.elsewhere")
    (way,) = answer.buttons
    parameter = way["url"].removeprefix("https://t.me/galpi_bot?start=")
    member.chat, member.thread = {"id": 9, "type": "private"}, None
    (listed,) = await member.says(f"/start {parameter}")
    assert "Distillation of LLMs" in listed.text


async def test_the_way_back_from_the_last_post_of_a_page_leads_to_the_one_before(
    person: Person, archive: Archive
) -> None:
    for post_id in range(6, 12):
        await archive.toggle_saved(7, post_id)
    (first,) = await person.says("/saved")
    second, _ = await person.presses(first.data("▶"))
    opened, _ = await person.presses(second.data("6"))
    await person.presses(opened.data("🔖"))
    back, _ = await person.presses(opened.data("목록으로"))
    assert "글 5개" in back.text


async def test_a_removed_post_is_in_no_list(person: Person, archive: Archive) -> None:
    (post,) = await person.says("/start post-2")
    await person.presses(post.data("🔖"))
    await archive.forget(2)
    (listed,) = await person.says("/saved")
    assert listed.text == KO("saved.none")
    (told,) = await person.presses(post.data("🔖"))
    assert told.parameters["text"] == KO("post.unknown")


async def test_many_saved_posts_have_pages(person: Person, archive: Archive) -> None:
    for post_id in range(6, 14):
        await archive.toggle_saved(7, post_id)
    (first,) = await person.says("/saved")
    second, _ = await person.presses(first.data("▶"))
    assert [button["text"] for button in second.buttons] == ["6", "7", "8", "◀", "2/2"]
