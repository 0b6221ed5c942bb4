"""A small channel of known posts for tests of what the bot says."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import NewPost, Source, SourceKind

SOURCE = Source(
    title="Notes & <Ideas>",
    kind=SourceKind.CHANNEL,
    username="notes",
    about="About start-ups.",
    subscribers=2400,
    photos=513,
    videos=1,
)

INVESTING = (
    "투자자의 하루를 따라가 보았습니다\n\n스타트업 투자는 사람을 보는 일입니다. #투자 #스타트업"
)
LINKED = "Distillation of LLMs\n\nhttps://arxiv.org/abs/2305.02301 #AI\nhttps://github.com/a/b"
ANSWER = "답장입니다. 동의합니다."
FORWARDED = "전달된 생각\n\n<b>not bold</b> & more"
LONG = "아주 긴 글\n\n" + "\n\n".join(
    f"{n}번째 문단입니다. " + "가나다라 " * 150 for n in range(12)
)
BILLION = (
    "The Billion Dollar <Club> & friends\n\nhttps://nbt.substack.com/p/club and more #스타트업경영"
)
REPAIRED = "되살린 글\n\n깨졌던 글자입니다."
NUMBERED = tuple(f"연재 {n}화\n\n아침마다 쓰는 짧은 연재입니다. {n}" for n in range(1, 13))


def posts() -> list[NewPost]:
    """Every post, oldest first; those whose replies or forwards matter among them."""
    texts = [INVESTING, LINKED, FORWARDED, LONG, BILLION, *NUMBERED]
    plain = [
        NewPost(
            text=text,
            message_id=number,
            date=datetime(2023, 6, number, tzinfo=UTC),
            forwarded_from="Some Channel" if text == FORWARDED else None,
            reactions=3 if text == INVESTING else 0,
        )
        for number, text in enumerate(texts, start=1)
    ]
    later = int(datetime(2023, 7, 1, tzinfo=UTC).timestamp())
    return [
        *plain,
        NewPost(
            text=ANSWER, ordinal=later, reply_snippet="투자자의 하루를 따라가 보았습니다 스타트업…"
        ),
        NewPost(text=REPAIRED, ordinal=later + 1, original_text="ฺ"),
    ]
