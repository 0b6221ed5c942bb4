# Everything sets itself up: Python 3.11 or newer, make and git are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
BENCH_STAMP := $(VENV)/.bench-ready

.PHONY: help setup run demo test lint bench screenshots lock clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

setup: $(STAMP) ## the virtual environment, with the locked dependencies

$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Galpi needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(STAMP) ## the bot, or, without TELEGRAM_BOT_TOKEN, the playground
	@$(BIN)/galpi run

demo: $(STAMP) ## the playground: chat with the bot in a browser, no token needed
	@$(BIN)/galpi demo

test: lint ## every check and every test, with coverage
	$(BIN)/pytest -n auto --cov --cov-report=term

lint: $(STAMP) ## style, types and architecture
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BENCH_STAMP) ## the figures of tests/bench/RESULTS.md (CORPUS=file ENGLISH=file POSTS=numbers)
	$(BIN)/python -m tests.bench $(if $(CORPUS),--corpus '$(CORPUS)') $(if $(ENGLISH),--english '$(ENGLISH)') $(if $(POSTS),--posts '$(POSTS)')

$(BENCH_STAMP): $(STAMP) requirements-bench.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

screenshots: $(STAMP) ## the pictures of the playground in docs/ (needs Chromium and its fonts)
	$(BIN)/python -m tests.screenshots

lock: $(STAMP) ## writes the lock files from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --custom-compile-command 'make lock' pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --custom-compile-command 'make lock' pyproject.toml --group dev -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --custom-compile-command 'make lock' --group bench -o requirements-bench.lock

clean: ## removes what set-up and tests left
	rm -rf $(VENV) .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
