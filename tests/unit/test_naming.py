"""The channel's name is taken however somebody gives it."""

import pytest

from seeds.importing.naming import read_username


@pytest.mark.parametrize(
    "told",
    [
        "galpitest",
        "@galpitest",
        " @galpitest ",
        "https://t.me/galpitest",
        "http://t.me/galpitest/",
        "t.me/s/galpitest?before=4",
        "telegram.me/galpitest/12",
        "https://galpitest.t.me",
        "tg://resolve?domain=galpitest&post=3",
    ],
)
def test_a_name_or_an_address(told: str) -> None:
    assert read_username(told) == "galpitest"


@pytest.mark.parametrize(
    "told", ["", "@", "a b", "https://example.org/galpitest", "https://t.me/+AbCd", "t.me/c/1/2"]
)
def test_what_names_no_channel(told: str) -> None:
    assert read_username(told) is None
