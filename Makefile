# `make help` lists the commands. Settings are variables, from the environment, the command line or
# a file .env: HOST, PORT, PUBLIC_URL, DATABASE_URL, REDIS_URL, DATA_DIR and those of
# docs/operate/settings.md. VENV names another folder for the Python packages.
VENV ?= .venv
from_env = $(shell sed -n 's/^$(1)=//p' .env 2>/dev/null | tail -n 1)
HOST ?= $(or $(call from_env,HOST),127.0.0.1)
PORT ?= $(or $(call from_env,PORT),8000)
PUBLIC_URL ?= $(or $(call from_env,PUBLIC_URL),http://localhost:$(PORT))

BIN := $(abspath $(VENV))/bin
PYTHON := $(BIN)/python
NEWER_PYTHON := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
BENCHES := $(patsubst bench/%.py,%,$(filter-out bench/__init__.py,$(wildcard bench/*.py)))
FAST := tests/pages tests/house
IN_BROWSERS := tests/e2e tests/engines tests/hostile
SOURCES := freelance_app alembic scripts tests bench rxconfig.py
TO_RUN := $(VENV)/installed-to-run
TO_TEST := $(VENV)/installed-to-test

# The wheel's node comes before the system's, which may be too old or absent.
export PATH := $(BIN):$(PATH)
export PUBLIC_URL
export REFLEX_USE_NPM := 1
export REFLEX_CHECK_LATEST_VERSION := false
export npm_config_audit := false
export npm_config_fund := false
export npm_config_update_notifier := false
export npm_config_omit_lockfile_registry_resolved := true
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# How Reflex behaves as a server behind our own ASGI function (docs/develop/decisions/0006).
SERVER := REFLEX_ENV_MODE=prod __REFLEX_SKIP_COMPILE=true REFLEX_OPLOCK_ENABLED=true \
	REFLEX_SOCKET_INTERVAL=10 REFLEX_SOCKET_TIMEOUT=10 \
	$(BIN)/uvicorn --factory freelance_app.freelance_app:asgi --host $(HOST) --port $(PORT) \
	--ws freelance_app.security.sockets:Sockets --no-server-header --no-proxy-headers \
	--no-access-log --timeout-graceful-shutdown 5
EXPORT_LOCK := --quiet --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' Makefile | sort | sed -E 's/:.*## /\t/' | expand -t 10

run: migrate build ## build what changed and serve on PUBLIC_URL (default http://localhost:8000)
	@$(PYTHON) -m freelance_app welcome
	@exec env $(SERVER)

dev: migrate ## serve http://localhost:3000 with hot reload, and the kit on /dev/kit
	DEV_PAGES=true PUBLIC_URL=http://localhost:3000 $(BIN)/reflex run --backend-host 127.0.0.1

demo: migrate ## add demo people with work in every status, and print their accounts
	$(PYTHON) -m freelance_app demo

migrate: $(TO_RUN) ## bring the database to the newest revision
	@$(PYTHON) -m freelance_app.build --catalogues
	$(PYTHON) -m freelance_app migrate

build: $(TO_RUN) ## build the interface in every language, if its sources changed
	$(PYTHON) -m freelance_app.build

test: check browser build ## check, then every test in two halves side by side, each with its ten slowest
	@$(MAKE) --no-print-directory --jobs 2 --keep-going --output-sync=target \
		test-browser test-services

test-browser: build
	$(PYTHON) -m pytest -q --durations=10 $(IN_BROWSERS)

test-services:
	$(PYTHON) -m pytest -q --durations=10 tests $(patsubst %,--ignore=%,$(IN_BROWSERS) $(FAST))

check: $(TO_TEST) ## format, lint, layers, house rules, dependencies, types (under a minute)
	@$(PYTHON) -m freelance_app.build --catalogues
	@$(MAKE) --no-print-directory --jobs 2 --keep-going --output-sync=target \
		check-types check-style check-layers check-dependencies check-fast

check-types:
	$(BIN)/pyright

check-style:
	$(BIN)/ruff format --check $(wildcard $(SOURCES))
	$(BIN)/ruff check $(wildcard $(SOURCES))
	$(PYTHON) -m scripts.house_rules freelance_app

check-layers:
	$(BIN)/lint-imports

check-dependencies:
	$(BIN)/deptry .

check-fast:
	$(PYTHON) -m pytest -q $(FAST)

prove: $(TO_TEST) browser engines build ## the long proofs: each has a short form in `make test`
	HARBOUR_PROOF=full $(PYTHON) -m pytest -m prove -rs --timeout 3600 --durations=10

journey: $(TO_TEST) browser build ## the main job in three browsers, with its clicks; then on two processes, which are killed
	$(PYTHON) -m pytest tests/e2e/test_journey.py tests/e2e/test_workers.py -q -s

bench: $(TO_TEST) ## the benchmarks, each beside a floor or a peer of the same run
	@for each in $(BENCHES); do echo "== $$each"; $(PYTHON) -m bench.$$each $(BENCH) || exit 1; done

messages: $(TO_TEST) ## collect the sentences of the code into the catalogues of every language
	$(BIN)/pybabel -q extract --no-location --sort-output --project Harbour -o locale/messages.pot \
		-F locale/babel.ini -k _mark freelance_app
	@for each in locale/*/LC_MESSAGES; do $(BIN)/pybabel -q update --no-fuzzy-matching \
		--ignore-pot-creation-date -i locale/messages.pot -d locale -l $$(basename $$(dirname $$each)); done
	$(PYTHON) -m freelance_app.build --catalogues

icons: build ## write assets/icons.svg from the names in components/ui/icons.py
	$(PYTHON) -m scripts.icons

lock: $(TO_TEST) ## pin what requirements.in and requirements-dev.in ask for
	$(BIN)/pip-compile $(EXPORT_LOCK) requirements.in -o requirements.txt
	$(BIN)/pip-compile $(EXPORT_LOCK) requirements-dev.in -o requirements-dev.txt

browser: $(TO_TEST) tests/e2e/node_modules/installed
	@$(PYTHON) -m tests.e2e.browser

engines: $(TO_TEST)
	@$(PYTHON) -m tests.engines.install

tests/e2e/node_modules/installed: tests/e2e/package-lock.json | $(TO_TEST)
	$(BIN)/npm ci --prefix tests/e2e --ignore-scripts
	@touch $@

$(PYTHON):
	@for python in python3 python3.13 python3.12 python3.11; do \
		if $$python -c '$(NEWER_PYTHON)' 2>/dev/null; then exec $$python -m venv $(VENV); fi; \
	done; \
	echo "Harbour needs Python 3.11 or newer with its venv module. None was found." >&2; \
	echo "On Debian and Ubuntu: apt install python3 python3-venv" >&2; exit 1

$(TO_RUN): requirements.txt | $(PYTHON)
	$(PYTHON) -m pip install -qq -r requirements.txt
	@touch $@

$(TO_TEST): requirements-dev.txt $(TO_RUN)
	$(PYTHON) -m pip install -qq -r requirements-dev.txt
	@touch $@

.PHONY: help run dev demo migrate build test test-browser test-services check check-types \
	check-style check-layers check-dependencies check-fast prove journey bench messages icons lock \
	browser engines
