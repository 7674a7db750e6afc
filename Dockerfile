# The builder has Node, Sass and fontTools; the image that runs has none of them.
FROM python:3.13-slim-bookworm AS builder
WORKDIR /src
COPY docker docker
COPY requirements requirements
RUN docker/build.sh packages /tools /app
COPY . .
RUN docker/build.sh portal /tools /app

FROM python:3.13-slim-bookworm
# pip goes too: what runs installs nothing.
RUN python -m pip uninstall --yes --quiet --root-user-action=ignore pip \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal
COPY --from=builder /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PORTAL_ENV=production \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["python", "-m", "portal", "serve", "--host", "0.0.0.0", "--port", "8000"]
