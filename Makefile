# Everything sets itself up in .venv first. Python 3.11 or newer, its venv module and make suffice.

SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3)
CONFIG ?= config.toml
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A .venv that was moved, or whose Python is gone, is made anew.
BROKEN := $(shell test -d .venv && ! $(PY) -m pip --version >/dev/null 2>&1 && rm -rf .venv && echo yes)
ifeq ($(BROKEN),yes)
$(info The .venv here no longer works: making a new one.)
endif

.PHONY: help demo run test lint check bench prove clean

help:
	@echo "make demo [FRESH=1]        a living group in your browser, without any token"
	@echo "make run [CONFIG=FILE]     Convive itself, with config.toml"
	@echo "make test                  all tests"
	@echo "make check                 ruff, mypy and all tests"
	@echo "make bench                 how fast it is, beside the baselines"
	@echo "make prove                 the long proof that nothing is lost or sent twice"
	@echo "make clean                 removes .venv and what the demo made"

demo: .venv/.installed
	$(PY) -m bot demo $(if $(FRESH),--fresh)

run: .venv/.installed
	$(PY) -m bot run --config $(CONFIG)

test: .venv/.installed-dev
	$(PY) -m pytest -n 2 -m "not prove" $(ARGS)

lint: .venv/.installed-dev
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy

check: lint test

bench: .venv/.installed-dev
	$(PY) -m tests.bench $(ARGS)

prove: .venv/.installed-dev
	$(PY) -m pytest -n 2 -m prove $(ARGS)

clean:
	rm -rf .venv .demo

.venv/.installed-dev: EXTRAS := [dev]
.venv/.installed .venv/.installed-dev: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing what Convive needs into .venv (once; a minute or two)"
	$(PY) -m pip install --quiet --no-compile -c constraints.txt -e '.$(EXTRAS)'
	@touch $@ $(if $(EXTRAS),.venv/.installed)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Convive needs Python 3.11 or newer; '$(PYTHON)' is not. Say: make PYTHON=python3.12 …"; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "Python's venv module is missing. On Debian: apt install python3-venv"; exit 1; }
