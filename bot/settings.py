"""The settings: from the environment, from `.env` in the working directory, from secret files.

Nothing else in the program reads any of them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

if TYPE_CHECKING:
    from collections.abc import Collection

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
CHANNEL = re.compile(r"-?\d+|@[a-z]\w*", re.ASCII)
LISTEN = re.compile(r"(?P<host>[^:\s]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})")
# What setWebhook takes as secret_token: https://core.telegram.org/bots/api#setwebhook
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
HIGHEST_PORT: Final = 65535

ENV_FILE = Path(".env")
SECRETS = Path("/run/secrets")
"""Where Docker and Podman mount secrets: a file for each, named as the variable is."""

EXPECTED: Final = {
    "TELEGRAM_BOT_TOKEN": "the token that @BotFather gave, digits, a colon and letters",
    "TELEGRAM_API_URL": "an address such as http://localhost:8081",
    "TELEGRAM_TEST_ENVIRONMENT": "0 or 1",
    "GALPI_DATABASE": "the path of a file",
    "GALPI_ADMINS": "user ids (whole numbers), with commas between them",
    "GALPI_CHANNELS": "channel ids or @names, with commas between them",
    "GALPI_ALLOWED_CHATS": "chat or user ids (whole numbers), with commas between them",
    "GALPI_WEBHOOK_URL": "an address such as https://example.org/galpi",
    "GALPI_WEBHOOK_LISTEN": "host:port, such as 127.0.0.1:8080",
    "GALPI_WEBHOOK_SECRET": "1 to 256 letters, digits, _ or -",
    "GALPI_MEANING": "0 or 1",
    "GALPI_LOG_FORMAT": "text or json",
}


class InvalidSetting(Exception):
    """A variable makes no sense, wherever it was set; its value may be secret and is not kept."""

    def __init__(self, variable: str) -> None:
        super().__init__(variable)
        self.variable = variable
        self.expected = EXPECTED.get(variable, "text in UTF-8")


def default_database() -> Path:
    """Return where the archive belongs on this system when nobody says otherwise."""
    return platformdirs.user_data_path("galpi", appauthor=False) / "galpi.db"


def _split(value: object) -> object:
    """Take `a, b` apart; anything but text is a default and stays."""
    if not isinstance(value, str):
        return value
    return [item.strip() for item in value.split(",") if item.strip()]


def _flag(value: object) -> object:
    """Be strict: a flag misread as false would send a test token to the real servers."""
    return {"0": False, "1": True}.get(value, value) if isinstance(value, str) else value


def _ids(value: object) -> object:
    """Read ids; a list of none is a slip, which for chats would mean that everyone is let in."""
    items = _split(value)
    if isinstance(value, str) and not items:
        raise ValueError
    return [int(item) for item in items] if isinstance(items, list) else items


def _channels(value: object) -> object:
    items = _split(value)
    if not isinstance(items, list):
        return items
    names = [item.lower() for item in items]
    if not all(CHANNEL.fullmatch(name) for name in names):
        raise ValueError
    return names


def _address(value: str) -> str:
    """Accept an http or https address; the slash at its end, if any, goes."""
    parts = urlsplit(value)
    whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    if not whole or parts.query or parts.fragment:
        raise ValueError
    return value.rstrip("/")


def _listen(value: str) -> str:
    match = LISTEN.fullmatch(value)
    if match is None or not 0 < int(match["port"]) <= HIGHEST_PORT:
        raise ValueError
    return value


def _token(value: object) -> object:
    return _whole(TOKEN, value)


def _secret(value: object) -> object:
    return _whole(WEBHOOK_SECRET, value)


def _whole(pattern: re.Pattern[str], value: object) -> object:
    if not isinstance(value, str):
        return value
    if pattern.fullmatch(value.strip()) is None:
        raise ValueError
    return value.strip()


def _path(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return Path(value).expanduser()
    except RuntimeError as error:  # ~nobody: there is no such user
        raise ValueError from error


Flag = Annotated[bool, Field(strict=True), BeforeValidator(_flag)]
Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)]
Names = Annotated[frozenset[str], NoDecode, BeforeValidator(_channels)]
Address = Annotated[str, BeforeValidator(_address)]


class Settings(BaseSettings):
    """The settings, read from variables; an empty variable counts as unset."""

    # By name, for whoever makes settings in code; the prefix keeps a stray `token` or `database`
    # in the environment from being taken for one of these.
    model_config = SettingsConfigDict(
        case_sensitive=True,
        env_ignore_empty=True,
        env_prefix="GALPI_",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )

    token: Annotated[SecretStr | None, BeforeValidator(_token)] = Field(
        default=None, validation_alias="TELEGRAM_BOT_TOKEN"
    )
    api_url: Address | None = Field(default=None, validation_alias="TELEGRAM_API_URL")
    test_environment: Flag = Field(default=False, validation_alias="TELEGRAM_TEST_ENVIRONMENT")
    database: Annotated[Path, BeforeValidator(_path)] = Field(
        default_factory=default_database, validation_alias="GALPI_DATABASE"
    )
    admins: Ids = Field(default=frozenset(), validation_alias="GALPI_ADMINS")
    channels: Names = Field(default=frozenset(), validation_alias="GALPI_CHANNELS")
    allowed_chats: Ids = Field(default=frozenset(), validation_alias="GALPI_ALLOWED_CHATS")
    webhook_url: Address | None = Field(default=None, validation_alias="GALPI_WEBHOOK_URL")
    webhook_listen: Annotated[str, BeforeValidator(_listen)] = Field(
        default="127.0.0.1:8080", validation_alias="GALPI_WEBHOOK_LISTEN"
    )
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(_secret)] = Field(
        default=None, validation_alias="GALPI_WEBHOOK_SECRET"
    )
    meaning: Flag = Field(default=True, validation_alias="GALPI_MEANING")
    log_format: Literal["text", "json"] = Field(default="text", validation_alias="GALPI_LOG_FORMAT")

    @property
    def log_as_json(self) -> bool:
        """Whether each line of the log is to be JSON."""
        return self.log_format == "json"


def only_username(channels: Collection[str]) -> str | None:
    """Return the name of the only channel; None if it is given by its id, or there are several."""
    names = [channel.removeprefix("@") for channel in channels if channel.startswith("@")]
    return names[0] if len(names) == len(channels) == 1 else None


def service_manager() -> str | None:
    """Return the socket at which systemd wants to hear how the program is, if it started it."""
    return os.environ.get("NOTIFY_SOCKET") or None  # noqa: TID251 - here is where it is read


def secret_folders() -> list[Path]:
    """Return the folders of secret files that exist: a container's, and that of systemd."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")  # noqa: TID251 - here is where it is read
    folders = [SECRETS, *([Path(credentials)] if credentials else [])]
    return [folder for folder in folders if folder.is_dir()]


def read_settings() -> Settings:
    """Return the settings. Raises InvalidSetting.

    The environment goes before `.env`, and that before the secret files.
    """
    try:
        # Only here: settings that are made in code do not depend on where the program is started.
        return Settings(_env_file=ENV_FILE, _secrets_dir=secret_folders())  # type: ignore[call-arg]
    except ValidationError as error:
        variable = str(error.errors(include_input=False)[0]["loc"][0])
        # Without its cause: pydantic quotes the value, which may be a token.
        raise InvalidSetting(variable) from None
    except UnicodeDecodeError:
        raise InvalidSetting("A file of settings") from None
