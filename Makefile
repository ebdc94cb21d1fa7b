# The commands of this project; docs/commands.md says more. Each one sets up what it needs first.
SHELL := /bin/bash
export PORT ?= 8000
PY := .venv/bin/python
ARGS ?=

.PHONY: help setup setup-run run test lint format types bench docs migrations lock messages clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 20

setup: ## all set-up and nothing else; Python is then .venv/bin/python
	@bin/setup all

setup-run:
	@bin/setup run

run: setup-run ## the site with catalogue and demo on http://127.0.0.1:8000 (PORT=... for another port)
	@$(PY) bin/serve.py

test: setup ## the whole suite, on SQLite and on a PostgreSQL that it starts itself (ARGS=... go to pytest)
	@$(PY) bin/run_tests.py $(ARGS)

lint: setup ## style, format and the import contracts
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports

format: setup ## repair style and format where it can be done without thinking
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

types: setup ## mypy, strict
	@.venv/bin/mypy

bench: setup ## the benchmark table
	@$(PY) manage.py bench $(ARGS)

docs: setup ## check that the documentation covers settings, commands and fields, and that its links lead somewhere
	@.venv/bin/pytest tests/docs -q

migrations: setup ## write the migrations that the models ask for
	@$(PY) manage.py makemigrations registry compliance

lock: setup ## write requirements*.lock and package-lock.json anew
	@bin/lock

messages: setup ## collect the texts to translate into locale/en and compile them
	@$(PY) manage.py makemessages --locale en --no-location --no-obsolete --ignore 'var/*' --ignore 'tests/*' --ignore '.venv/*'
	@bin/setup all

clean: ## remove what set-up and runs have made, except databases and var/media
	rm -rf .venv var/vendor var/static var/broker var/setup.log locale/*/LC_MESSAGES/*.mo .*_cache .hypothesis
