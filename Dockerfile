# Galpi in a container: its archive is on the volume, its settings are in the environment.
#   docker build -t galpi .
#   docker run -d --env-file .env -v galpi:/data galpi

FROM python:3.13-slim AS builder
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /bin/uv
ENV UV_PROJECT_ENVIRONMENT=/opt/galpi \
    UV_PYTHON_DOWNLOADS=never \
    UV_COMPILE_BYTECODE=1 \
    UV_NO_CACHE=1
WORKDIR /source

# First what changes seldom: the dependencies, among them the build backend; each with its hash.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-default-groups --group build --extra meaning --no-install-project

COPY README.md LICENSE ./
COPY storage storage
COPY seeds seeds
COPY bot bot
# The second time without the build backend, which the image does not need.
RUN uv sync --locked --no-default-groups --group build --extra meaning --no-editable \
    && uv sync --locked --no-default-groups --extra meaning --no-editable


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
# An archive of an older version may take minutes to be brought up to date; nothing is lost by
# waiting, as the first answer of Telegram's server ends the start.
HEALTHCHECK --interval=60s --timeout=10s --start-period=15m --retries=2 CMD ["galpi", "health"]
ENTRYPOINT ["galpi"]
CMD ["run"]
