import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.text.inflection import other_forms


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
    ],
)
def test_forms_of_a_word(word: str, form: str) -> None:
    assert form in other_forms(word)
    assert word in other_forms(form)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("news", "new"),
        ("nation", "nated"),
        ("kubernets", "kubernetes"),
        ("paper", "paping"),
        ("university", "universe"),
        ("ai", "ais"),
    ],
)
def test_different_words(word: str, other: str) -> None:
    assert other not in other_forms(word)


@given(st.text(max_size=12))
def test_only_words_of_ascii_letters_have_forms(word: str) -> None:
    forms = other_forms(word)
    assert word not in forms
    assert not forms or (word.isascii() and word.isalpha())
    assert all(form[:3] == word[:3] for form in forms)
