from __future__ import annotations

import pytest

from storage.language.conjugation import bases_of
from storage.language.keys import key_form


def is_form(asked: str, written: str) -> bool:
    keys = key_form(written)
    return any(
        keys.startswith(base.keys) and base.is_before(keys[len(base.keys) :])
        for base in bases_of(key_form(asked))
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("먹었다", "먹는"),
        ("배워서", "배우면"),
        ("마시다", "마셔"),
        ("마셨다", "마시는"),
        ("만든다", "만들어"),
        ("몰랐다", "모르는"),
        ("커서", "크다"),
        ("들어서", "듣고"),
        ("도와서", "돕는"),
        ("추운", "춥다"),
        ("지어서", "짓다"),
        ("빨간", "빨갛다"),
    ],
)
def test_forms_of_a_verb_find_each_other(one: str, other: str) -> None:
    assert is_form(one, other)
    assert is_form(other, one)


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("닿자", "담은"),  # 닿 keeps its ㅎ
        ("받고", "발을"),  # 받 keeps its ㄷ
        ("웃고", "우니"),  # 웃 keeps its ㅅ
        ("살고", "사고"),  # 살 loses its ㄹ before ㄴ, ㅂ and ㅅ alone
        ("입고", "이우는"),
    ],
)
def test_regular_stems_stay_as_they_are(asked: str, other: str) -> None:
    assert not is_form(asked, other)
