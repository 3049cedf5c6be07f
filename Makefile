# Fermata. Each target is a few lines; what they need is made by scripts/setup.py.
.DEFAULT_GOAL := help
.PHONY: help run test check bench schema prove screenshots
PYTHON ?= python3
export MAKEFLAGS :=

help:                     ## print this list
	@sed -n 's/^\([a-z]*\): .*## /  make \1	/p' Makefile

run:                      ## start everything on http://127.0.0.1:8000 (settings: docs/operations.md)
	@$(PYTHON) scripts/setup.py run
	@exec .venv/bin/python -m server run

test:                     ## run all tests (make test ARGS="tests/engine -k pause" for some)
	@$(PYTHON) scripts/setup.py test
	.venv/bin/pytest -n 2 --dist worksteal $(ARGS)

check:                    ## format, lint, types, floors, dependencies
	@$(PYTHON) scripts/setup.py test
	scripts/check.sh

bench:                    ## measure every figure that the documents claim
	@$(PYTHON) scripts/setup.py test
	.venv/bin/python -m bench

schema:                   ## write gql/schema.graphql and what is generated from it
	@$(PYTHON) scripts/setup.py test
	.venv/bin/python -m server schema --write && .venv/bin/python -m scripts.python_client
	cd frontend && PATH="$(CURDIR)/.venv/bin:$$PATH" npm run generate

prove:                    ## kill the server again and again, and show that nothing is lost
	@$(PYTHON) scripts/setup.py test
	.venv/bin/python -m bench.prove

screenshots:              ## take the pictures of the README again
	@$(PYTHON) scripts/setup.py test
	.venv/bin/python -m scripts.screenshots
