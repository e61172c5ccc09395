# 督办 Duban: docker build -t duban .    With PostgreSQL and all it needs: deploy/compose.yaml. How: docs/deploy.md.
# From another registry: --build-arg NODE_IMAGE=registry.example/node:22-bookworm-slim (a Debian, for the font's package).
# Tried without a Docker engine by deploy/check-image.sh. Not Node.js 24: since 24.19 it aborts in better-sqlite3 12 when statements are
# collected, and 13 wants Node.js 22 at least.
ARG NODE_IMAGE=docker.io/library/node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
# better-sqlite3 is compiled where its ready-made binary cannot be fetched, against the headers that lie beside Node.
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
ENV npm_config_nodedir=/usr/local
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && node deploy/pack.mjs --folder /app

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="duban" \
      org.opencontainers.image.description="督办：把工作方案变成督办台账的聊天机器人" \
      org.opencontainers.image.licenses="Apache-2.0"
# The font is for the pictures of weekly reports. The program itself belongs to root: who runs it cannot change it.
RUN apt-get update \
 && apt-get install -y --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -m 700 -o 1000 -g 1000 /app/data
COPY --from=build /app /app
WORKDIR /app
# Database, kept files and whatever else is written; the rest may be mounted read-only.
VOLUME /app/data
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV PORT=8787
EXPOSE 8787
USER 1000:1000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["serve"]
