"""The tags that seeds/tags.toml gives to the seed posts, against those a reader would give."""

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from seeds.errors import DocumentError, Problem
from seeds.loader import read_vocabulary
from seeds.mojibake import repair
from storage.tags.tagger import MOST_TOPICS, Vocabulary, name_key

GOLDEN = Path(__file__).parents[1] / "golden"
DUMPS = Path(__file__).parents[2] / "seeds" / "dumps"
JUDGED = tomllib.loads((GOLDEN / "tags.toml").read_text(encoding="utf-8"))
LEAST_PRECISION = 0.9
LEAST_RECALL = 0.8


def texts() -> Iterator[tuple[str, str, str]]:
    """Every seed post: its document, its first line, its text."""
    gold = json.loads((GOLDEN / "seed-posts.json").read_text(encoding="utf-8"))
    for document in gold["documents"]:
        text = (DUMPS / document["file"]).read_text(encoding="utf-8")
        lines = (repair(text) or text).split("\n")
        for post in document["posts"]:
            part = lines[post["first_line"] - 1 : post["last_line"]]
            yield document["file"], str(post["first_line"]), "\n".join(part)


@cache
def given() -> dict[tuple[str, str], tuple[str, ...]]:
    vocabulary = Vocabulary(read_vocabulary())
    found = {(file, line): vocabulary.topics_of(text) for file, line, text in texts()}
    return {key: found[key] for key in found if key[1] in JUDGED[key[0]]}


def judged() -> dict[tuple[str, str], set[str]]:
    return {(file, line): set(tags) for file in JUDGED for line, tags in JUDGED[file].items()}


def test_every_seed_post_was_judged() -> None:
    assert set(given()) == set(judged())
    assert len(judged()) == 51


def test_every_seed_post_has_a_tag_and_no_more_than_six() -> None:
    assert all(1 <= len(tags) <= MOST_TOPICS for tags in given().values())


def test_nine_of_ten_tags_are_those_of_a_reader() -> None:
    right = sum(len(set(tags) & judged()[key]) for key, tags in given().items())
    total = sum(len(tags) for tags in given().values())
    wanted = sum(len(tags) for tags in judged().values())
    wrong = {key: set(tags) - judged()[key] for key, tags in given().items()}
    assert right / total >= LEAST_PRECISION, {key: tags for key, tags in wrong.items() if tags}
    assert right / wanted >= LEAST_RECALL


def test_no_two_tags_share_a_word_and_every_tag_judged_exists() -> None:
    owners: dict[str, str] = {}
    for entry in read_vocabulary():
        for word in {name_key(word) for word in (entry.topic.name, *entry.aliases)}:
            assert word, entry.topic.name
            assert owners.setdefault(word, entry.topic.name) == entry.topic.name, word
        for phrase in entry.exceptions:
            assert name_key(phrase) not in owners, phrase
    names = {entry.topic.name for entry in read_vocabulary()}
    assert set().union(*judged().values()) <= names


def test_a_topic_may_have_a_name_in_any_language(tmp_path: Path) -> None:
    path = tmp_path / "tags.toml"
    path.write_text('[[tag]]\nname = "투자"\nen = "investing"\nja = "投資"\n', encoding="utf-8")
    (entry,) = read_vocabulary(path)
    assert entry.topic.names == {"en": "investing", "ja": "投資"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[tag]]\nname = "A\n', 2),
        ("no tags\n", 1),
        ("title = 1\n", None),
        ('[[tag]]\nname = "A"\n', None),
        ('[[tag]]\nname = "A B"\nen = "a"\n', None),
        ('[[tag]]\nname = "A"\nen = "a"\naliases = [1]\n', None),
        ('[[tag]]\nname = "A"\nen = "a"\naliases = "ab"\n', None),
        ('[[tag]]\nname = "A"\nen = "a"\nalias = []\n', None),
        ('[[tag]]\nname = ""\nen = "a"\n', None),
        ("tag = 1\n", None),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_line_where_it_is_known(
    tmp_path: Path, text: str, line: int | None
) -> None:
    path = tmp_path / "tags.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as refused:
        read_vocabulary(path)
    error = refused.value
    assert (error.document, error.line, error.problem) == (
        "tags.toml",
        line,
        Problem.BAD_VOCABULARY,
    )
