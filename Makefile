# All that a developer does, by name. `make demo` and `make test` set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
WHAT ?= all
EXTRA ?=
PYTEST_ARGS ?=

.PHONY: install dev demo test check lint types layers eval bench docs clean

# The program alone, as a user gets it.
install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("dragoman needs Python 3.11 or newer: make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip' || (echo "this Python cannot make environments: apt-get install python3-venv" >&2; exit 1)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable .
	@touch $@

# The program and the tools that check it.
dev: $(VENV)/.dev

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

demo: install
	@$(BIN)/python -m dragoman demo

test: dev
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: lint types layers

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(BIN)/mypy

layers: dev
	$(BIN)/lint-imports

eval: dev
	$(BIN)/python -m evaluation --shared $(SHARED) --what $(WHAT) $(if $(EXTRA),--extra $(EXTRA))

bench: dev
	$(BIN)/python -m benchmarks --shared $(SHARED)

# docs/cli.md and the excerpts of README.md, from the program itself.
docs: install
	$(BIN)/python docs/build.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
