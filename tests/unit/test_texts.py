from datetime import UTC, datetime

import pytest

from bot.texts import LANGUAGES, texts_for
from seeds.errors import DocumentError, Problem
from storage import ArchiveError, InvalidQuery, SchemaTooNew


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("ko", "ko"),
        ("ko-KR", "ko"),
        ("KO_kr", "ko"),
        ("en-GB", "en"),
        ("kok", "en"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_language_code_finds_its_texts_or_english(code: str | None, language: str) -> None:
    assert texts_for(code).language == language


def test_texts_are_made_once() -> None:
    assert texts_for("ko") is texts_for("ko-KR")


def test_numbers_and_dates_are_written_the_language_s_way() -> None:
    day = datetime(2023, 6, 5, 23, tzinfo=UTC)
    assert texts_for("ko").date(day) == "2023년 6월 5일"
    assert texts_for("en").date(day) == "June 5, 2023"
    assert texts_for("en").number(12345) == "12,345"


def test_plurals_follow_the_language() -> None:
    korean, english = texts_for("ko"), texts_for("en")
    assert english.plural("results.count", 1) == "Found 1 post."
    assert english.plural("results.count", 2) == "Found 2 posts."
    assert english.plural("results.count", 1234) == "Found 1,234 posts."
    assert korean.plural("results.count", 1) == "글 1개를 찾았어요."
    assert korean.plural("results.count", 2) == "글 2개를 찾았어요."


def test_values_are_put_in_as_they_are() -> None:
    assert "{0} <b>&" in texts_for("en")("search.heading", query="{0} <b>&")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_has_one_sentence_that_names_its_subject(language: str) -> None:
    texts = texts_for(language)
    assert "archive.db" in texts.failure(SchemaTooNew("archive.db"))
    assert "!!!" in texts.failure(InvalidQuery("!!!"))
    for error in ArchiveError.__subclasses__():
        assert not texts.failure(error("x")).startswith("error.")
    for problem in Problem:
        assert "notes.txt" in texts.failure(DocumentError("notes.txt", None, problem))


def test_a_document_s_line_is_told_where_it_is_known() -> None:
    texts = texts_for("en")
    with_line = texts.failure(DocumentError("notes.txt", 3, Problem.BINARY))
    assert with_line.startswith("notes.txt, line 3:")
    assert "None" not in texts.failure(DocumentError("notes.txt", None, Problem.BINARY))
