# A fresh checkout needs Python 3.11 or newer, make and a package index; every target makes the rest on its way.
.POSIX:
.SUFFIXES:
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run client lock packages dev chromium operation test lint types test-client test-py test-browser test-readers bench mutants clean

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
LOCK := requirements.lock
NPM = PATH="$(CURDIR)/$(BIN):$$PATH" npm --silent --prefix client
ARGS =
say = @printf '%-8s %s\n'

# uv asks the index that pip is configured with, and trusts whom pip trusts, unless it is told otherwise.
from_pip = $${$(1)-$${$(2)-$$($(PY) -m pip config list | sed -n "s/^global[.]$(3)='\(.*\)'/\1/p")}}
UV = UV_DEFAULT_INDEX="$(call from_pip,UV_DEFAULT_INDEX,PIP_INDEX_URL,index-url)" \
  SSL_CERT_FILE="$(call from_pip,SSL_CERT_FILE,PIP_CERT,cert)" $(BIN)/uv
INSTALL = $(UV) pip install --quiet --python $(PY)

help:
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 20

setup: client ## everything that `.venv/bin/isegoria` needs

run: setup ## a synthetic consultation, alive, with its links printed
	@$(BIN)/isegoria rehearse $(ARGS)

client: $(VENV)/.run ## build the browser client into the package, if its sources have changed
	@$(PY) hatch_build.py

$(VENV)/.uv: $(LOCK)
	$(say) python "$(VENV)"
	@test -x $(PY) || { \
	  for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	    "$$python" -m venv $(VENV) && exit; rm -rf $(VENV); exit 1; \
	  done; \
	  echo "Isegoria needs Python 3.11 or newer: install it, or name it with 'make PYTHON=/path/to/python'." >&2; exit 1; }
	@sed -n '/^uv==/,/[^\\]$$/p' $(LOCK) >$(VENV)/uv.lock
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes --requirement $(VENV)/uv.lock
	@touch $@

$(VENV)/.run: $(VENV)/.uv pyproject.toml server/isegoria/__init__.py
	$(say) packages "to run, as locked"
	@$(INSTALL) --require-hashes --constraint $(LOCK) --requirements pyproject.toml --group build
	@ISEGORIA_SKIP_CLIENT=1 $(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(say) packages "to test, as locked"
	@$(INSTALL) --require-hashes --constraint $(LOCK) --requirements pyproject.toml --group dev
	@touch $@

dev: $(VENV)/.dev packages

packages: $(VENV)/.run
	@$(PY) hatch_build.py packages

# The lock names no index: versions and hashes only. What is locked stays, unless ARGS=--upgrade.
lock: $(VENV)/.uv ## lock again after a change of pyproject.toml (ARGS=--upgrade for new versions)
	$(say) lock "$(LOCK)"
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" --group dev pyproject.toml --output-file $(LOCK) $(ARGS)

test: lint types test-client test-py test-browser ## all that CI runs, in this order

lint: dev ## style, types, who may import whom
	$(say) ruff "style"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	$(say) mypy "types, strict"
	@$(BIN)/mypy --no-error-summary
	$(say) imports "who may import whom"
	@report=$$($(BIN)/lint-imports) || { printf '%s\n' "$$report"; exit 1; }
	$(say) tsc "types of the client, strict"
	@$(NPM) run check

types: dev ## the client's types are those of the server's models
	$(say) schema "client/src/wire.gen.ts is what the server's models say"
	@$(PY) -m isegoria.edges.schema --check client/src/wire.gen.ts

test-client: dev ## the client's unit tests
	$(say) vitest "the client"
	@$(NPM) test -- $(ARGS)

test-py: dev client operation ## the server's tests; ARGS="tests/domain -k T4" for some
	$(say) pytest "the server"
	@$(PY) -m pytest -n auto --maxprocesses 4 $(ARGS)

test-browser: dev client chromium ## the pages, in Debian's Chromium
	$(say) pytest "the pages, in a browser"
	@$(PY) -m pytest -o asyncio_default_fixture_loop_scope=session -o asyncio_default_test_loop_scope=session \
	  -o timeout=240 -n auto --maxprocesses 4 --dist worksteal tests/browser $(ARGS)

test-readers: dev ## exports as other programs lay them out: LibreOffice, poppler; installs both where it may
	@for name in soffice pdftotext; do command -v "$$name" >/dev/null || missing=yes; done; \
	if command -v dpkg >/dev/null; then dpkg -l 'libreoffice-calc*' 2>/dev/null | grep -q '^ii' || missing=yes; fi; \
	if [ "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then as=; else as="sudo -n"; fi; \
	  $$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils >/dev/null || { \
	    echo "These tests need LibreOffice Writer, Calc and poppler: install them (Debian, Ubuntu: apt-get install" \
	      "libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils)." >&2; exit 1; }; fi
	$(say) pytest "exports, in other programs"
	@$(PY) -m pytest -n0 tests/readers $(ARGS)

# Any Chromium will do. Debian's shell of it draws as it does, without windows, for half the work.
chromium:
	@for name in "$$ISEGORIA_CHROMIUM" chromium-headless-shell chromium chromium-browser google-chrome \
	  google-chrome-stable; do command -v "$$name" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as="sudo -n"; else as=no; fi; \
	if [ "$$as" = no ] || ! command -v apt-get >/dev/null; then \
	  echo "The browser tests need Chromium: install it (Debian: apt-get install chromium-headless-shell; Ubuntu:" \
	    "chromium), or name the program of one in ISEGORIA_CHROMIUM." >&2; exit 1; fi; \
	printf '%-8s %s\n' chromium "from Debian's packages"; \
	$$as apt-get update -qq; \
	for name in chromium-headless-shell chromium; do $$as env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends $$name >/dev/null && exit 0; done; exit 1

# Without them the tests of docker/ that need them are skipped.
operation:
	@for name in haproxy systemd-analyze; do PATH="$$PATH:/usr/sbin" command -v $$name >/dev/null || missing=yes; done; \
	[ "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as="sudo -n"; else exit 0; fi; \
	command -v apt-get >/dev/null || exit 0; \
	printf '%-8s %s\n' docker "HAProxy and systemd-analyze, from Debian's packages"; \
	$$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends haproxy systemd >/dev/null || \
	echo "They could not be installed: the tests with them are skipped." >&2

bench: dev client ## how many readers, how fast (tests/load)
	@$(PY) -m tests.load $(ARGS)

mutants: dev ## do the tests notice a changed rule (tests/mutants)
	@$(PY) -m tests.mutants $(ARGS)

clean: ## remove what make made
	rm -rf $(VENV) client/node_modules server/isegoria/static dist
