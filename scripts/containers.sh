#!/usr/bin/env bash
# Builds the image and uses it wherever an engine of containers is found: the whole of docker-compose.yml with Docker or Podman that
# have Compose (`docker compose`, or `docker-compose`), which signs up, has work done by two workers, goes down, comes up again and
# finds everything as it was; else one container with the embedded PostgreSQL, with podman, docker or buildah. Ends with 0 when all is well.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-18080}
made=$(mktemp -d)
name=fermata-check-$$

say() { echo "containers: $*"; }

served() { # the container answers, serves the site and the API
  for _ in $(seq 120); do
    curl -sf "http://127.0.0.1:$port/readyz" && break
    sleep 1
  done
  curl -sf "http://127.0.0.1:$port/" | grep -q "<title>"
  curl -sf "http://127.0.0.1:$port/graphql" -H 'Content-Type: application/json' -d '{"query": "{ signInOptions { signUp } }"}' | grep -q signUp
  say "ready, and serves the site and the API"
}

tool=()
healthy() { # every container of the arrangement, after its own checks
  local all well
  for _ in $(seq 180); do
    all=$("$engine" ps --all --quiet --filter "label=com.docker.compose.project=$name" | wc -l)
    well=$("$engine" ps --quiet --filter "label=com.docker.compose.project=$name" --filter health=healthy | wc -l)
    [ "$all" -eq 5 ] && [ "$well" -eq 5 ] && { say "five containers are healthy"; return; }
    sleep 1
  done
  "$engine" ps --all --filter "label=com.docker.compose.project=$name" >&2
  return 1
}

compose() { # the whole arrangement, with passwords of this run and volumes that go afterwards
  say "with $*"
  tool=("$@")
  [ -d secrets ] || { mkdir -m 700 secrets; touch "$made/secrets"; }
  for secret in postgres_password broker_password; do
    [ -e "secrets/$secret" ] || openssl rand -hex 32 >"secrets/$secret"
    chmod 444 "secrets/$secret"
  done
  export FERMATA_PORT=$port FERMATA_PUBLIC_URL=http://127.0.0.1:$port COMPOSE_PROJECT_NAME=$name
  trap '"${tool[@]}" down --volumes >/dev/null 2>&1; [ ! -e "$made/secrets" ] || rm -r secrets; rm -rf "$made"' EXIT
  "$@" up --build --detach
  served
  "$@" logs server | python3 scripts/arrangement.py use "http://127.0.0.1:$port" "$made/seen"
  healthy
  "$@" exec -T server python -m server doctor
  "$@" down
  "$@" up --detach
  served
  python3 scripts/arrangement.py check "http://127.0.0.1:$port" "$made/seen"
}

one() { # the image alone
  say "with $1"
  tool=("$1")
  trap '"${tool[@]}" rm --force '"$name"' >/dev/null 2>&1; rm -rf "$made"' EXIT
  "$1" build --tag fermata .
  "$1" run --detach --name "$name" --publish "127.0.0.1:$port:8000" fermata >/dev/null
  served
  "$1" exec "$name" python -m server doctor --only database --only secret --only site
}

with_buildah() { # it publishes no ports: the container shares the network
  say "with buildah"
  buildah build ${BUILDAH_OPTIONS:-} --tag fermata .
  buildah from --name "$name" fermata >/dev/null
  trap 'kill %1 2>/dev/null; wait 2>/dev/null; buildah rm '"$name"' >/dev/null 2>&1; rm -rf "$made"' EXIT
  buildah run --env FERMATA_HOST=127.0.0.1 --env FERMATA_PORT="$port" "$name" -- python -m server run >"$made/log" 2>&1 &
  served
  buildah run "$name" -- python -m server doctor --only database --only secret --only site
}

for engine in docker podman; do
  command -v $engine >/dev/null && $engine info >/dev/null 2>&1 || continue
  if $engine compose version >/dev/null 2>&1; then
    compose $engine compose
  elif command -v $engine-compose >/dev/null; then
    compose $engine-compose
  else
    one $engine
  fi
  exit
done
if command -v buildah >/dev/null; then with_buildah; exit; fi
say "there is no engine here: install docker, podman or buildah" >&2
exit 3
