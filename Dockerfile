# Galpi in a container: its archive is on the volume, its settings are in the environment.
#   docker build -t galpi .
#   docker run -d -e TELEGRAM_BOT_TOKEN -v galpi:/data galpi

FROM python:3.13-slim AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source

# First what changes seldom: the dependencies, and here only the tools, among them the build
# backend; all of them locked, each with its hash.
COPY requirements.lock requirements-dev.lock ./
RUN python -m venv /opt/galpi \
    && /opt/galpi/bin/pip install --require-hashes -r requirements.lock \
    && pip install --require-hashes -r requirements-dev.lock

COPY pyproject.toml README.md LICENSE ./
COPY storage storage
COPY seeds seeds
COPY bot bot
RUN python -m hatchling build --target wheel --directory /wheels \
    && /opt/galpi/bin/pip install --no-deps --no-index /wheels/*.whl \
    && /opt/galpi/bin/python -m compileall -q /opt/galpi/lib


FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home galpi \
    && install -d -o galpi -g galpi -m 0750 /data
COPY --from=builder /opt/galpi /opt/galpi
ENV PATH=/opt/galpi/bin:$PATH \
    GALPI_DATABASE=/data/galpi.db
# By number, so that a host which demands it can see that this is not root.
USER 10001
VOLUME /data
STOPSIGNAL SIGTERM
# Only opens the archive: a full check would read all of it, every time.
HEALTHCHECK --interval=60s --timeout=10s --start-period=30s CMD ["galpi", "check", "--quick"]
ENTRYPOINT ["galpi"]
CMD ["run"]
