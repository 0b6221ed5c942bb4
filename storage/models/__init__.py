"""What the archive takes and returns: frozen values, never rows or cursors."""

from storage.models.digests import Digest, Digested
from storage.models.links import (
    Host,
    KindCount,
    Link,
    LinkFilter,
    LinkKind,
    Links,
    PostTitle,
    SharedLink,
)
from storage.models.pages import (
    Page,
)
from storage.models.posts import (
    Added,
    Card,
    Entity,
    EntityKind,
    Media,
    MediaKind,
    NewPost,
    Origin,
    Post,
    Reaction,
    Received,
    ReplyTo,
)
from storage.models.schedules import (
    Schedule,
)
from storage.models.searching import (
    ExplainedTerm,
    ExplainedWord,
    Explanation,
    Hit,
    Hits,
    Mistake,
    Order,
    Search,
    SearchKind,
    Snippet,
    Span,
    Try,
)
from storage.models.sizes import (
    Coverage,
    Gap,
    MonthCount,
    Repaired,
    SourceStats,
    Stats,
)
from storage.models.sources import (
    Source,
    SourceKind,
)
from storage.models.tags import (
    Tag,
    Topic,
    TopicWords,
)
from storage.models.watches import (
    Alert,
    Watch,
)

__all__ = [
    "Added",
    "Alert",
    "Card",
    "Coverage",
    "Digest",
    "Digested",
    "Entity",
    "EntityKind",
    "ExplainedTerm",
    "ExplainedWord",
    "Explanation",
    "Gap",
    "Hit",
    "Hits",
    "Host",
    "KindCount",
    "Link",
    "LinkFilter",
    "LinkKind",
    "Links",
    "Media",
    "MediaKind",
    "Mistake",
    "MonthCount",
    "NewPost",
    "Order",
    "Origin",
    "Page",
    "Post",
    "PostTitle",
    "Reaction",
    "Received",
    "Repaired",
    "ReplyTo",
    "Schedule",
    "Search",
    "SearchKind",
    "SharedLink",
    "Snippet",
    "Source",
    "SourceKind",
    "SourceStats",
    "Span",
    "Stats",
    "Tag",
    "Topic",
    "TopicWords",
    "Try",
    "Watch",
]
