"""What a link leads to."""

import pytest

from storage.models import LinkKind
from storage.urls import link_to

KINDS = {
    LinkKind.VIDEO: [
        "https://youtu.be/NKFZTuk_ylY",
        "https://m.youtube.com/watch?v=NKFZTuk_ylY",
        "https://player.vimeo.com/video/1",
        "https://www.facebook.com/watch/?v=1",
    ],
    LinkKind.PAPER: [
        "https://arxiv.org/abs/2307.01850",
        "https://huggingface.co/papers",
        "https://huggingface.co/papers/2307.01850",
        "https://openreview.net/forum?id=Vs5NK44aP9P",
    ],
    LinkKind.CODE: [
        "https://github.com/YichiZhang98/SAM4MIS",
        "https://huggingface.co/spaces/openai/whisper",
        "https://gitlab.example.com/team/project",
    ],
    LinkKind.ARTICLE: [
        "https://nbt.substack.com/p/the-billion-dollar-revenue-club",
        "https://kmhana.tistory.com/3",
        "https://www.v7labs.com/blog/what-is-computer-vision",
        "https://huyenchip.com/2023/04/11/llm-engineering.html",
        "https://engineering.example.com/caching",
        "https://example.com/en/news/launch",
        "https://example.com/2023/04/11/launch",
        "https://www.linkedin.com/pulse/llm",
    ],
    LinkKind.SOCIAL: [
        "https://x.com/gdb/status/1677023789807292420",
        "https://twitter.com/gdb",
        "t.me/durov/123",
        "https://www.linkedin.com/posts/andrewchen",
    ],
    LinkKind.BOOK: [
        "https://udlbook.github.io/udlbook/",
        "https://product.kyobobook.co.kr/detail/1",
    ],
    LinkKind.EVENT: [
        "https://lu.ma/agitownjuly2",
        "https://www.facebook.com/events/1",
        "https://events.example.com/2023",
        "https://example.com/webinars/llm",
    ],
    LinkKind.JOB: [
        "https://www.wanted.co.kr/wd/1",
        "https://www.linkedin.com/jobs/view/1",
        "https://careers.example.com/",
        "https://example.com/careers",
    ],
    LinkKind.OTHER: [
        "https://lovo.ai/",
        "https://lnkd.in/eb_DJcgM",
        "https://notgithub.com/a",
        "https://example.com/newsroom",
        "https://example.com/a/b/blog",
        "tg://resolve?domain=durov",
        "ton://transfer/EQ",
        "",
    ],
}


@pytest.mark.parametrize(
    ("url", "kind"), [(url, kind) for kind, urls in KINDS.items() for url in urls]
)
def test_kind(url: str, kind: LinkKind) -> None:
    assert link_to(url).kind is kind


def test_every_kind_is_known_by_something() -> None:
    assert set(KINDS) == set(LinkKind)
