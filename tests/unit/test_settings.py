from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import EXPECTED, InvalidSetting, Settings, read_settings

TOKEN = "123456789:AAEhBP0av28abcdefghijklmnopqrstuvwx"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in (*EXPECTED, "CREDENTIALS_DIRECTORY", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    return read_settings()


def test_without_an_environment_everyone_is_answered_by_polling(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = read(monkeypatch, HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "data"))
    assert settings.token is None
    assert settings.api_url is None
    assert settings.test_environment is False
    assert settings.database.name == "galpi.db"
    assert settings.database.parent.name == "galpi"
    assert not settings.admins | settings.channels | settings.allowed_chats
    assert settings.webhook_url is None
    assert settings.webhook_listen == "127.0.0.1:8080"
    assert not (tmp_path / "data").exists()  # reading settings makes nothing


def test_every_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(
        monkeypatch,
        TELEGRAM_BOT_TOKEN=f" {TOKEN}\n",
        TELEGRAM_API_URL="http://localhost:8081/",
        TELEGRAM_TEST_ENVIRONMENT="1",
        GALPI_DATABASE="/data/other.db",
        GALPI_ADMINS="1, 22,",
        GALPI_CHANNELS="-1001234,@Some_Channel",
        GALPI_ALLOWED_CHATS="-5,7",
        GALPI_WEBHOOK_URL="https://example.org/galpi",
        GALPI_WEBHOOK_LISTEN="[::1]:8443",
        GALPI_WEBHOOK_SECRET="a_B-9",
        GALPI_LOG_FORMAT="json",
    )
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.api_url == "http://localhost:8081"
    assert settings.test_environment is True
    assert settings.database == Path("/data/other.db")
    assert settings.admins == {1, 22}
    assert settings.channels == {"-1001234", "@some_channel"}
    assert settings.allowed_chats == {-5, 7}
    assert settings.webhook_url == "https://example.org/galpi"
    assert settings.webhook_listen == "[::1]:8443"
    assert settings.webhook_secret is not None
    assert settings.webhook_secret.get_secret_value() == "a_B-9"
    assert settings.log_as_json


def test_a_file_in_the_working_directory_is_read_as_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.settings.ENV_FILE", Path(".env"))
    Path(".env").write_text(
        f"# of the bot\nTELEGRAM_BOT_TOKEN={TOKEN}\nexport GALPI_ADMINS='1, 2'\n"
        "GALPI_CHANNELS=@one\nGALPI_WEBHOOK_SECRET=\nSOMETHING_ELSE=5\n"
    )
    settings = read(monkeypatch, GALPI_CHANNELS="@another")
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.admins == {1, 2}
    assert settings.channels == {"@another"}  # the environment goes before the file
    assert settings.webhook_secret is None
    assert Settings(token=None).admins == frozenset()  # what code makes depends on no folder


def test_secrets_are_files_named_as_the_variables_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    docker, systemd = tmp_path / "secrets", tmp_path / "credentials"
    docker.mkdir()
    systemd.mkdir()
    (docker / "TELEGRAM_BOT_TOKEN").write_text(f"{TOKEN}\n")
    (docker / "of_another_program").write_text("x")
    (systemd / "GALPI_WEBHOOK_SECRET").write_text("hush\n")
    monkeypatch.setattr("bot.settings.SECRETS", docker)
    settings = read(monkeypatch, CREDENTIALS_DIRECTORY=str(systemd), GALPI_ADMINS="7")
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.webhook_secret is not None
    assert settings.webhook_secret.get_secret_value() == "hush"
    assert settings.admins == {7}


def test_a_file_that_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.env").write_bytes(b"TELEGRAM_BOT_TOKEN=\xff\xfe\n")
    monkeypatch.setattr("bot.settings.ENV_FILE", tmp_path / "bad.env")
    with pytest.raises(InvalidSetting) as caught:
        read(monkeypatch)
    assert caught.value.expected == "text in UTF-8"


def test_a_bad_secret_is_refused_by_name_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "TELEGRAM_BOT_TOKEN").write_text("no such token")
    with pytest.raises(InvalidSetting) as caught:
        read(monkeypatch, CREDENTIALS_DIRECTORY=str(tmp_path))
    assert caught.value.variable == "TELEGRAM_BOT_TOKEN"
    assert "no such" not in str(caught.value)


def test_every_setting_says_what_it_expects() -> None:
    aliases = [field.validation_alias for field in Settings.model_fields.values()]
    assert aliases == list(EXPECTED)


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, **dict.fromkeys(EXPECTED, "")) == Settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GALPI_ALLOWED_CHATS", ","),
        ("GALPI_ALLOWED_CHATS", " , ,"),
        ("GALPI_ADMINS", ","),
        ("GALPI_DATABASE", "~no-such-user/galpi.db"),
    ],
)
def test_a_slip_lets_nobody_in_and_is_told(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        read(monkeypatch, **{variable: value})
    assert variable in str(refused.value)


def test_a_database_in_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, HOME="/home/someone", GALPI_DATABASE="~/galpi.db")
    assert settings.database == Path("/home/someone/galpi.db")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "the token"),
        ("TELEGRAM_BOT_TOKEN", "123456789"),
        ("TELEGRAM_BOT_TOKEN", "123456789:"),
        ("TELEGRAM_API_URL", "localhost:8081"),
        ("TELEGRAM_API_URL", "ftp://localhost"),
        ("TELEGRAM_API_URL", "http://"),
        ("TELEGRAM_API_URL", "http://localhost:port"),
        ("TELEGRAM_API_URL", "http://[::1"),
        ("TELEGRAM_API_URL", "http://localhost/?a=b"),
        ("TELEGRAM_TEST_ENVIRONMENT", "2"),
        ("TELEGRAM_TEST_ENVIRONMENT", "False"),
        ("TELEGRAM_TEST_ENVIRONMENT", "yes"),
        ("GALPI_ADMINS", "1;2"),
        ("GALPI_ADMINS", "@somebody"),
        ("GALPI_ADMINS", "1.5"),
        ("GALPI_CHANNELS", "some channel"),
        ("GALPI_CHANNELS", "https://t.me/some"),
        ("GALPI_ALLOWED_CHATS", "everyone"),
        ("GALPI_WEBHOOK_URL", "example.org"),
        ("GALPI_WEBHOOK_LISTEN", "8080"),
        ("GALPI_WEBHOOK_LISTEN", "localhost:http"),
        ("GALPI_WEBHOOK_LISTEN", "localhost:0"),
        ("GALPI_WEBHOOK_LISTEN", "localhost:65536"),
        ("GALPI_WEBHOOK_SECRET", "pass word"),
        ("GALPI_LOG_FORMAT", "xml"),
        ("GALPI_WEBHOOK_SECRET", "x" * 257),
    ],
)
def test_a_bad_value_is_refused_by_name_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    with pytest.raises(InvalidSetting) as caught:
        read(monkeypatch, **{variable: value})
    assert caught.value.variable == variable
    assert caught.value.expected == EXPECTED[variable]
    assert caught.value.__cause__ is None
    assert value not in str(caught.value)


def test_a_token_does_not_show_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, GALPI_WEBHOOK_SECRET="hush")
    assert TOKEN not in repr(settings) + str(settings) + settings.model_dump_json()
    assert "hush" not in repr(settings)


def test_settings_can_be_made_in_code_and_never_change() -> None:
    settings = Settings(admins=frozenset({1}), database=Path("archive.db"))
    assert settings.admins == {1}
    with pytest.raises(ValueError, match="frozen"):
        settings.database = Path("other.db")


def test_only_the_documented_names_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, TOKEN=TOKEN, GALPI_TOKEN=TOKEN, DATABASE="/x", galpi_admins="1")
    assert settings == Settings()
