# Two commands do everything: `make` and `make test`. Both set up what they need.

.DEFAULT_GOAL := site
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NODE := $(VENV)/node/.ready
# Compiled modules and templates are kept: without them each of a thousand commands in the tests
# would begin by compiling the program.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: site serve test check report format words lock bench clean help

site: $(READY) ## check the corpus, build the site, print a status report (the default)
	@$(BIN)/tracker check --errors-only
	@$(BIN)/tracker build
	@$(BIN)/tracker status --by source
	@$(BIN)/tracker status --by actor --format md > build/status-by-actor.md
	@echo "The same by actor, as Markdown: build/status-by-actor.md"

serve: $(READY) ## show the site at http://127.0.0.1:8000 and follow every change
	@$(BIN)/tracker serve

check: $(READY) ## say what is wrong in the records, where, and how to mend it
	@$(BIN)/tracker check

report: $(READY) ## write the report for the next event (or EVENT=id) to build/reports
	@$(BIN)/tracker report $(EVENT)

test: $(READY) $(VENV)/.tested-with $(NODE) ## run every test, the real-browser ones included
	@$(BIN)/ruff check .
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadscope

format: $(READY) ## put the code in one shape
	@$(BIN)/ruff check --fix .

words: $(READY) ## bring the translations' catalogues up to date with the code
	@$(BIN)/python tools/words.py

bench: $(READY) $(VENV)/.tested-with ## measure speed against peers in the same run
	@$(BIN)/python benchmarks/run.py

lock: $(READY) ## write requirements.lock anew from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --group pyproject.toml:test \
	  --group pyproject.toml:engines --group pyproject.toml:editor --group pyproject.toml:build pyproject.toml -o requirements.lock
	@$(BIN)/python tools/runtime_lock.py

clean: ## remove what was made: environment, site, caches
	@rm -rf $(VENV) build .tracker .pytest_cache .hypothesis .ruff_cache

help: ## this list
	@echo "make [WHAT]"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | column -t -s '|'

$(READY): requirements.lock pyproject.toml tools/setup.sh
	@PYTHON="$(PYTHON)" sh tools/setup.sh "$(VENV)"

$(VENV)/.tested-with: $(READY) tools/browser.sh
	@sh tools/browser.sh "$(VENV)"

$(NODE): $(READY) tools/node.sh tools/node/package.json tools/node/package-lock.json
	@sh tools/node.sh "$(VENV)"
