# `make run` and `make test` need only make and a Python of 3.11 or newer.

PYTHON ?= python3
PY := .venv/bin/python
BOOTSTRAP := $(PYTHON) packaging/bootstrap.py
# What must be covered to the last line and branch.
COVERED := planner/core/*,planner/catalogue/*,planner/report/*

# The same examples in each run: the coverage gate must not hang on luck. `dev` draws others.
export HYPOTHESIS_PROFILE ?= ci

# Where this is set, the app would be compiled anew at each start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
SECONDS ?= 60

.PHONY: translations fuzz help run install test lint bench accuracy measure shots lock package package-test audit clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Set up .venv and open the window (ARGS="check phi-4" for the command line)
	@$(BOOTSTRAP) run $(ARGS)

install: ## Set up .venv with the app and the test tools
	@$(BOOTSTRAP) install --test

test: lint ## Everything that guards the project; ends with pytest's summary
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n logical --dist loadfile --cov --cov-report= $(PYTEST_ARGS) && \
	if ! $(PY) -m coverage report --include='$(COVERED)' --fail-under=100 > .venv/coverage.txt 2>&1; then \
		cat .venv/coverage.txt; \
		echo "core, catalogue and report must be covered to the last line and branch."; \
		exit 1; \
	fi

lint: install ## Format, lint and types
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy --no-error-summary

bench: install ## Speed, as ratios within one run
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.bench $(ARGS)

accuracy: install ## Write ACCURACY.md from the measured cases in tests/data
	@$(PY) -m tests.accuracy ACCURACY.md

measure: install ## Measure small models with torch (extra `measure`); DATE=2026-11-21
	@test -n "$(DATE)" || { echo "Say the day: make measure DATE=2026-11-21"; exit 2; }
	@$(PY) -m tests.measure --date "$(DATE)"

fuzz: install ## Fuzz the readers of files, SECONDS each (installs atheris from the network)
	@$(PY) -m pip install --quiet --disable-pip-version-check 'atheris>=2.3,<4'
	@for reader in gguf safetensors config; do $(PY) -m tests.fuzz $$reader --seconds $(SECONDS) || exit 1; done

shots: install ## Pictures of the main states, light and dark, into DIR
	@test -n "$(DIR)" || { echo "Say where to: make shots DIR=pictures"; exit 2; }
	@QT_QPA_PLATFORM=offscreen $(PY) tests/shots.py --out "$(DIR)"

translations: install ## Bring the translations up to date with the source; lists what is new
	@$(PY) packaging/make_translations.py

lock: install ## Make the locks again from the ranges in pyproject.toml
	@$(PY) packaging/lock.py
	@git --no-pager diff --stat -- packaging || true

package: ## Build wheel, sdist, one-folder app, .deb and archive into dist/
	@$(PYTHON) packaging/package.py

package-test: ## Install the .deb into a bare Debian, use it, remove it (root, debootstrap)
	@$(PYTHON) packaging/package_test.py

audit: install ## Unused code and packages, licences, known faults (installs its tools)
	@$(PYTHON) -m venv build/audit
	@build/audit/bin/python -m pip install --quiet --disable-pip-version-check \
		'deptry>=0.23,<1' 'vulture>=2.14,<3' 'pip-audit>=2.9,<3' 'pip-licenses>=5,<6'
	@build/audit/bin/deptry planner
	@build/audit/bin/vulture
	@build/audit/bin/pip-licenses --python=$(PY) --order=license
	@build/audit/bin/pip-audit --requirement packaging/requirements.lock --disable-pip --no-deps

clean: ## Remove .venv and everything else that was made
	@rm -rf .venv build dist planner/_data htmlcov .coverage .coverage.* \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .cache
	@find planner tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
