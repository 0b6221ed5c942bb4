# Everything sets itself up: make, git, and either uv or Python 3.11 with its pip are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The machine's uv, if pyproject.toml accepts its version; else one that pip puts into a folder
# of its own.
UV := $(shell uv cache dir >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
OWN_UV := $(filter .uv/%,$(UV))
export UV_PROJECT_ENVIRONMENT := $(VENV)
# The machine's uv finds a Python by itself, unless one is asked for: make PYTHON=python3.12.
ifneq ($(OWN_UV)$(filter-out file,$(origin PYTHON)),)
export UV_PYTHON := $(shell command -v $(PYTHON) 2>/dev/null || echo $(PYTHON))
endif

# Only the first time does it tell what it does.
SYNC = $(UV) sync --locked $(if $(wildcard $(BIN)/galpi),--quiet)
# What running needs; what else is installed stays.
SYNC_TO_RUN = $(SYNC) --inexact --no-default-groups --group build --extra meaning

.PHONY: help setup run demo test coverage test-all lint bench soak mutants screenshots lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

setup: $(OWN_UV) ## the virtual environment, with the locked dependencies
	@$(SYNC)

run: $(OWN_UV) ## the bot, or, without TELEGRAM_BOT_TOKEN, the playground
	@$(SYNC_TO_RUN)
	@$(BIN)/galpi run

demo: $(OWN_UV) ## the playground: chat with the bot in a browser, no token needed
	@$(SYNC_TO_RUN)
	@$(BIN)/galpi demo

test: lint ## every check and every test
	$(BIN)/pytest -n auto

coverage: setup ## every test, and which lines and branches none of them takes
	$(BIN)/pytest -n auto --cov --cov-report=term

test-all: $(OWN_UV) ## make test, most tests on every other Python here, and set-up itself
	UV=$(UV) .ci/test-all
	$(BIN)/python tests/prove_setup.py

lint: setup ## style, types and architecture
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(OWN_UV) ## the figures of tests/bench/RESULTS.md (CORPUS=file ENGLISH=file POSTS=numbers)
	@$(SYNC) --group bench
	$(BIN)/python -m tests.bench $(if $(CORPUS),--corpus '$(CORPUS)') $(if $(ENGLISH),--english '$(ENGLISH)') $(if $(POSTS),--posts '$(POSTS)')

soak: setup ## an hour of mixed traffic (MINUTES=number): memory, log and waiting stay bounded
	$(BIN)/python -m tests.bench.serving --minutes $(or $(MINUTES),60)

mutants: $(OWN_UV) ## small mistakes in ranking, matching, merging and access that no test sees
	@$(SYNC) --group mutants
	$(BIN)/mutmut run
	$(BIN)/mutmut results

screenshots: setup ## the pictures of the playground in docs/ (needs Chromium and its fonts)
	$(BIN)/python -m tests.screenshots

lock: $(OWN_UV) ## writes uv.lock from pyproject.toml
	$(UV) lock

clean: ## removes what set-up and tests left
	rm -rf $(VENV) .venvs .uv .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist mutants

# The lock file names uv itself too, with the hashes of its wheels.
define UV_REQUIREMENT
import sys
if sys.version_info < (3, 11):
    sys.exit("Galpi needs Python 3.11 or newer, or uv: https://docs.astral.sh/uv")
import tomllib
with open("uv.lock", "rb") as lock:
    (uv,) = (package for package in tomllib.load(lock)["package"] if package["name"] == "uv")
print("uv==" + uv["version"], *("--hash=" + wheel["hash"] for wheel in uv["wheels"]))
endef
export UV_REQUIREMENT

# A Python without a pip that works may still put one into a virtual environment.
.uv/bin/uv: uv.lock
	@mkdir -p .uv
	@$(PYTHON) -c "$$UV_REQUIREMENT" > .uv/requirements.txt
	@python=$(PYTHON); $$python -m pip list >/dev/null 2>&1 || \
	{ $$python -m venv .uv/pip && python=.uv/pip/bin/python; } && \
	PIP_REQUIRE_VIRTUALENV=0 $$python -m pip install --quiet --disable-pip-version-check \
	--require-hashes --upgrade --target .uv -r .uv/requirements.txt
	@touch $@
