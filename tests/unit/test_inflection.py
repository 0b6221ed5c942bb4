import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.language.inflection import other_forms
from storage.language.lexicon import known


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("distilled", "distillation"),
        ("distillation", "distilling"),
        ("startups", "startup"),
        ("investing", "investors"),
        ("scaling", "scale"),
        ("scaled", "scales"),
        ("stop", "stopped"),
        ("stopping", "stops"),
        ("studies", "study"),
        ("embedding", "embeddings"),
        ("process", "processes"),
        ("generation", "generated"),
        ("hiring", "hired"),
        ("using", "used"),
        ("making", "makes"),
        ("run", "running"),
        ("added", "add"),
        ("city", "cities"),
        ("copied", "copies"),
        ("try", "tried"),
        ("easier", "easily"),
        ("modified", "modification"),
    ],
)
def test_forms_of_a_word(word: str, form: str) -> None:
    assert form in other_forms(word, known)
    assert word in other_forms(form, known)


@pytest.mark.parametrize("word", ["llm", "gpt", "gpu"])
def test_the_plural_of_an_abbreviation_is_a_form_of_it(word: str) -> None:
    assert word in other_forms(f"{word}s", known)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("news", "new"),
        ("nation", "nated"),
        ("kubernets", "kubernetes"),
        ("paper", "paping"),
        ("university", "universe"),
        ("ai", "ais"),
        ("the", "thing"),
        ("seed", "see"),
        ("king", "ked"),
        ("dies", "dying"),
        ("key", "kies"),
        ("movies", "movy"),
        ("store", "story"),
        ("application", "apple"),
    ],
)
def test_different_words(word: str, other: str) -> None:
    assert other not in other_forms(word, known)


@given(st.text(max_size=12))
def test_only_words_of_ascii_letters_have_forms(word: str) -> None:
    forms = other_forms(word, known)
    assert word not in forms
    assert not forms or (word.isascii() and word.isalpha())
    assert all(form[:2] == word[:2] for form in forms)
