"""The channel's name is taken however somebody gives it."""

import pytest

from seeds.importing.naming import Naming, read_username
from storage import Source


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
        "https://web.telegram.org/k/#@galpitest",
    ],
)
def test_a_name_or_an_address(told: str) -> None:
    assert read_username(told) == "galpitest"


@pytest.mark.parametrize(
    "told",
    [
        *("", "@", "a b", "https://example.org/galpitest", "https://t.me/+AbCd", "t.me/c/1/2"),
        *(
            "https://t.me/s/",
            "https://t.me/share/url?url=x",
            "t.me/proxy?server=x",
            "t.me/iv?url=x",
        ),
    ],
)
def test_what_names_no_channel(told: str) -> None:
    assert read_username(told) is None


HOLDER = Source(title="Live", username="live", channel_id=1)


@pytest.mark.parametrize(
    ("source", "username"),
    [
        (Source(title="Live"), "live"),
        (Source(title="Renamed since", channel_id=1), "live"),
        (Source(title="Another"), None),
        (Source(title="Another", channel_id=2), None),
        (Source(title="Another", username="another"), "another"),
    ],
)
def test_a_name_that_is_assumed_goes_to_no_other_channel(
    source: Source, username: str | None
) -> None:
    assert Naming(username="live", holder=HOLDER).of(source).username == username
    assert Naming(username="live").of(source).username == (source.username or "live")
