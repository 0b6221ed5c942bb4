"""The Bot API of one bot: who may call, and every method there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.playground.botapi.fields import ApiError, not_found, read, unauthorized
from bot.playground.botapi.methods import about, messages, receiving
from bot.playground.botapi.model import User
from bot.playground.botapi.state import State
from bot.playground.botapi.timeline import Called

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.playground.botapi.fields import Json, JsonObject, Upload
    from bot.playground.botapi.methods import Method

# Method names are not case-sensitive.
METHODS: Mapping[str, type[Method]] = {
    method.__name__.lower(): method
    for method in (*messages.METHODS, *about.METHODS, *receiving.METHODS)
}
TOKEN = re.compile(r"[1-9]\d*:[A-Za-z0-9_-]+")


class BotApi(State):
    """The Bot API of one bot. `test_environment` tells which of Telegram's two worlds it is in."""

    def __init__(
        self,
        token: str,
        *,
        username: str = "galpi_demo_bot",
        name: str = "Galpi",
        test_environment: bool = False,
        limited: bool = False,
    ) -> None:
        id_ = int(token.partition(":")[0])
        me = User(id=id_, first_name=name, username=username, is_bot=True)
        super().__init__(me, limited=limited)
        self.token = token
        self.test_environment = test_environment

    def authorize(self, token: str, method: str, *, test_environment: bool) -> None:
        """Let only this bot in. Raises ApiError."""
        if token == self.token and test_environment == self.test_environment:
            return
        error = unauthorized() if TOKEN.fullmatch(token) else not_found()
        self._record(method, {}, error=error)
        raise error

    def download(self, token: str, path: str, *, test_environment: bool) -> bytes:
        """Return the bytes of a file. Raises ApiError."""
        self.authorize(token, "download", test_environment=test_environment)
        content = self.files.content(path)
        if content is None:
            raise not_found()
        return content

    async def call(self, method: str, raw: JsonObject, files: Mapping[str, Upload]) -> Json:
        """Return the result of a method. Raises ApiError as Telegram would."""
        known = METHODS.get(method.lower())
        if known is None:
            self._record(method, raw, error=not_found())
            raise not_found()
        name = known.method_name()
        try:
            call = read(known, raw, files)
            result = await call.answer(self)
        except ApiError as error:
            self._record(name, raw, error=error)
            raise
        self._record(name, call.given(), result=result)
        return result

    def _record(
        self,
        name: str,
        arguments: JsonObject,
        *,
        result: Json = None,
        error: ApiError | None = None,
    ) -> None:
        called = Called(method=name, arguments=arguments, result=result, error=error)
        self.timeline.add(called)
