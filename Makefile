# Two commands matter: `make demo` and `make test`. Both need Python 3.11 or newer, make and a network, nothing else.
MAKEFLAGS += --no-print-directory
PORT ?= 8000
WORKERS ?= 2
PYTHON_HERE = .venv/bin/python
WITH_SERVERS = $(PYTHON_HERE) -m training.demo with-servers
HTML = git ls-files --cached --others --exclude-standard -z -- '*.html'

export HYPOTHESIS_PROFILE ?= ci

.DEFAULT_GOAL := help
.PHONY: help demo test lint fmt bench deep shell lock vendor clean checks packages packages-dev

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: packages ## the demonstration partnership, until Ctrl-C (PORT=8123, FRESH=1 starts over)
	@exec $(PYTHON_HERE) -m training.demo up --port $(PORT) $(if $(filter-out 0,$(FRESH)),--fresh)

test: packages-dev ## every check and every test, the browser's too
	@began=$$(date +%s); code=0; \
	{ $(MAKE) lint \
	  && $(PYTHON_HERE) -m tests.journeys.chromium --install \
	  && $(WITH_SERVERS) --migrated -- $(PYTHON_HERE) -m pytest -n $(WORKERS) --durations=10 $(ARGS); } || code=$$?; \
	echo "make test: $$([ $$code = 0 ] && echo passed || echo FAILED) after $$(($$(date +%s) - began)) s"; exit $$code

lint: packages-dev ## the checks that need no test
	@$(WITH_SERVERS) -- $(MAKE) checks

checks: # with servers and settings around it
	@$(PYTHON_HERE) -m ruff check .
	@$(PYTHON_HERE) -m ruff format --check .
	@$(HTML) | xargs -0 -r .venv/bin/djade --check --target-version 5.2
	@.venv/bin/lint-imports
	@$(PYTHON_HERE) -m mypy
	@$(PYTHON_HERE) manage.py makemigrations --check --dry-run
	@MUSTER_DEMO=0 MUSTER_DEBUG=0 MUSTER_HTTPS=1 MUSTER_ALLOWED_HOSTS=muster.example MUSTER_PUBLIC_URL=https://muster.example \
	$(PYTHON_HERE) manage.py check --deploy --fail-level WARNING

fmt: packages-dev ## put everything into the house's format
	@$(PYTHON_HERE) -m ruff check --fix-only .
	@$(PYTHON_HERE) -m ruff format .
	@$(HTML) | xargs -0 -r .venv/bin/djade --target-version 5.2

bench: packages-dev ## how fast it is, measured here and now
	@$(WITH_SERVERS) --dir var/bench -- $(PYTHON_HERE) -m bench $(ARGS)

deep: packages-dev ## thousands of histories, for an evening
	@HYPOTHESIS_PROFILE=deep $(WITH_SERVERS) --migrated -- $(PYTHON_HERE) -m pytest -n $(WORKERS) -m 'hypothesis or deep' $(ARGS)

shell: packages ## Django's shell with the demonstration's data, whether it is up or not
	@$(PYTHON_HERE) -m training.demo run -- $(PYTHON_HERE) manage.py shell

lock: packages-dev ## work out requirements*.txt anew (UPGRADE=1 takes newer versions)
	@sh training/demo/lock.sh $(if $(UPGRADE),--upgrade)

vendor: ## re-create what is vendored from npm (needs node)
	@sh training/web/vendor.sh

clean: ## drop what the commands made, but for the demonstration's data and .venv
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

packages:
	@sh training/demo/bootstrap.sh requirements.txt

packages-dev:
	@sh training/demo/bootstrap.sh requirements-dev.txt
