"""`galpi meaning` with the real model, on the seed archive."""

import json
from pathlib import Path

import pytest

from bot.cli import archives
from tests.support.command_line import invoke

MEDICAL = "Med-PaLM"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("meaning") / "galpi.db"
    result = invoke(path, "meaning")
    assert result.exit_code == 0, result.output
    assert result.stdout == "51 posts can be found by meaning\n"
    return path


def found(database: Path, query: str, **variables: str) -> list[tuple[str, list[str]]]:
    result = invoke(database, "search", query, "--json", **variables)
    hits = [json.loads(line) for line in result.stdout.splitlines()]
    return [(hit["text"], hit["why"]) for hit in hits]


def test_a_question_finds_the_post_in_the_other_language(database: Path) -> None:
    question = "환자 질문에 의사만큼 잘 답하는 AI"
    texts = [text for text, _ in found(database, question)[:3]]
    assert any(MEDICAL in text for text in texts)
    assert not any("meaning" in why for _, why in found(database, question, GALPI_MEANING="0"))
    explained = invoke(database, "search", question, "--explain").stdout
    assert "close in meaning: post" in explained


@pytest.mark.parametrize("query", ["간호사", "qwxz vbkj", "기린", "giraffe"])
def test_nonsense_and_absent_words_find_nothing(database: Path, query: str) -> None:
    assert found(database, query) == []


def test_stats_tell_how_many_posts_are_found_by_meaning(database: Path) -> None:
    assert "found by meaning\t51" in invoke(database, "stats").stdout
    assert json.loads(invoke(database, "stats", "--json").stdout)["without_meaning"] == 0
    off = invoke(database, "stats", "--json", GALPI_MEANING="0").stdout
    assert json.loads(off)["without_meaning"] is None


def test_without_the_model_the_command_says_what_to_install(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = invoke(database, "meaning", GALPI_MEANING="0")
    assert (off.exit_code, off.stderr) == (1, f"Error: {archives.OFF}\n")
    monkeypatch.setattr("storage.search.meaning.encoder.MODULE", "not_installed")
    missing = invoke(database, "meaning")
    assert (missing.exit_code, missing.stderr) == (1, f"Error: {archives.NOT_INSTALLED}\n")
    assert found(database, "환자 질문에 의사만큼 잘 답하는 AI")
