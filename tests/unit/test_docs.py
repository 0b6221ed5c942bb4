"""What README, --help, /help and the catalogues say is what there is."""

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from bot.cli import galpi
from bot.handlers.start import COMMANDS
from bot.settings import EXPECTED, Settings
from bot.texts import LANGUAGES, texts_for
from storage import Archive
from storage.search.parse.operators import OPERATORS

README = Path("README.md").read_text(encoding="utf-8")
ARCHITECTURE = Path("docs/ARCHITECTURE.md").read_text(encoding="utf-8")
CHANGELOG = Path("CHANGELOG.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]


def section(title: str) -> str:
    found = re.search(
        rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL
    )
    assert found is not None, title
    return found[1]


def test_readme_has_every_command_of_the_bot_and_no_other() -> None:
    named = set(re.findall(r"`/(\w+)", section("In Telegram")))
    assert named == {command.name for command in COMMANDS}


def test_readme_has_every_setting_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)`", section("Settings"), re.MULTILINE)
    assert set(rows) == set(EXPECTED)
    assert len(rows) == len(Settings.model_fields)


def _galpi_lines() -> list[list[str]]:
    lines = re.findall(r"^(?:\S+=\S+ )*\.venv/bin/galpi (.+)$", README, re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize("words", _galpi_lines(), ids=" ".join)
def test_command_lines_in_readme_are_accepted(words: list[str]) -> None:
    # Commands keep the help option of their first context: it has to be the program's own.
    parent = click.Context(galpi, **galpi.context_settings)
    galpi.commands[words[0]].make_context(words[0], words[1:], parent)


def test_readme_shows_the_commands_of_the_command_line() -> None:
    shown = {words[0] for words in _galpi_lines()}
    assert shown == set(galpi.commands)


@pytest.mark.parametrize("operator", OPERATORS)
def test_readme_and_both_helps_name_every_operator(operator: str) -> None:
    helps = [texts_for(language)("help.narrowing") for language in LANGUAGES]
    for text in (section("How search works"), *helps):
        assert re.search(rf"\b{operator}:\w", text)


def test_every_command_and_option_has_help() -> None:
    for name, command in galpi.commands.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


def test_make_targets_in_readme_exist() -> None:
    makefile = Path("Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make (\w+)(?:`|\s+#|$)", README, re.MULTILINE))
    assert named
    assert named <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))


def test_every_python_that_is_named_is_tested() -> None:
    prefix = "Programming Language :: Python :: 3."
    named = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if name.startswith(prefix)]
    workflow = Path(".github/workflows/test.yml").read_text(encoding="utf-8")
    matrix = re.search(r"python: \[(.*)\]", workflow)
    assert matrix is not None
    assert re.findall(r"[\d.]+", matrix[1]) == named
    assert PROJECT["requires-python"] == f">={named[0]}"


def test_changelog_knows_the_version() -> None:
    assert f"## [{PROJECT['version']}]" in CHANGELOG


def test_relative_links_in_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert Path(target).exists(), target


def test_pictures_in_readme_are_small() -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 2
    for picture in pictures:
        assert 0 < Path(picture).stat().st_size < 300_000, picture


def _sources() -> list[Path]:
    return [file for folder in ("bot", "seeds", "storage") for file in Path(folder).rglob("*.py")]


def test_no_file_is_long() -> None:
    for file in _sources():
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file


def test_paths_in_the_architecture_exist() -> None:
    paths = set(re.findall(r"(?:bot|seeds|storage|tests)/[\w/.]*\w", ARCHITECTURE))
    assert len(paths) > 40
    missing = {path for path in paths if not Path(path).exists()}
    assert not missing


def test_files_and_folders_in_its_picture_exist() -> None:
    picture = ARCHITECTURE.split("```")[1]
    package = Path()
    for line in picture.splitlines():
        named = re.match(r"( *)((?:[\w.]+/? )+) ", line)
        if named is None:
            continue
        package = package if named[1] else Path(named[2].strip())
        for name in named[2].split():
            assert (package / name if named[1] else package).exists(), line


def test_files_that_the_architecture_names_alone_exist() -> None:
    known = {
        file.name for folder in ("bot", "seeds", "storage") for file in Path(folder).rglob("*")
    }
    assert set(re.findall(r"\b\w+\.(?:py|toml)\b", ARCHITECTURE)) <= known


def test_names_in_the_architecture_exist() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in _sources())
    names = set(re.findall(r"`([A-Za-z_]+(?:\.[a-z_]+)?)`", ARCHITECTURE))
    assert {"Archive.search", "OPERATORS", "knows"} <= names
    tables = set(re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", _schema()))
    for name in names - {"bot", "xnwk"} - tables:
        owner, _, attribute = name.rpartition(".")
        if owner == "Archive":
            assert hasattr(Archive, attribute), name
        else:
            assert re.search(rf"\b{re.escape(name)}\b", code), name


def _schema() -> str:
    scripts = sorted(Path("storage/database/migrations").glob("*.sql"))
    return "\n".join(script.read_text(encoding="utf-8") for script in scripts)


def test_contributing_leads_to_the_architecture() -> None:
    contributing = Path(".github/CONTRIBUTING.md")
    text = contributing.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert "../docs/ARCHITECTURE.md" in targets
    for target in targets:
        assert (contributing.parent / target).exists(), target


def test_what_is_looked_at_before_a_commit_is_what_make_lint_looks_at() -> None:
    makefile = Path("Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe is not None
    linted = {
        re.sub(r" --check| \.$", "", line) for line in re.findall(r"\$\(BIN\)/(.*)", recipe[1])
    }
    hooks = yaml.safe_load(Path(".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = {hook["entry"] for repository in hooks["repos"] for hook in repository["hooks"]}
    local = {entry.removeprefix(".venv/bin/").removesuffix(" --force-exclude") for entry in entries}
    assert {re.sub(r" \.$", "", one) for one in linted} <= local


@pytest.mark.parametrize(
    ("message", "is_too_long"),
    [("x" * 72 + "\n\n" + "y" * 99, False), ("x" * 73 + "\n", True)],
)
def test_subjects_of_commits_have_a_length(message: str, *, is_too_long: bool) -> None:
    hooks = yaml.safe_load(Path(".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (subject,) = (hook for hook in hooks["repos"][0]["hooks"] if hook["id"] == "subject")
    found = re.search(subject["entry"], message, re.MULTILINE | re.DOTALL)
    assert (found is not None) == is_too_long
