#!/usr/bin/env bash
# Format, lint, types, floors and dependencies. The first complaint ends it.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .build
.venv/bin/ruff check --quiet .
.venv/bin/ruff format --check --quiet .
.venv/bin/basedpyright --level error
.venv/bin/lint-imports --no-cache >.build/floors.log 2>&1 || { cat .build/floors.log; exit 1; }
.venv/bin/deptry . >.build/deptry.log 2>&1 || { cat .build/deptry.log; exit 1; }
if [ -d frontend/node_modules ]; then (cd frontend && PATH="$PWD/../.venv/bin:$PATH" npm run --silent check); fi
echo "check: all well"
