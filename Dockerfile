# Two targets: `asterisk`, the telephone exchange, and `server`, the hotline itself. Both share the
# data folder (recordings, prompts, the ARI password) and the network; see compose.yaml.

FROM node:20-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends espeak-ng \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install --no-save --no-audit --no-fund
COPY . .
RUN npm run build
# Spoken once, here; a recording uploaded in the console goes over them.
RUN YIHAO_DATA_DIR=/made npx tsx scripts/prompts/main.ts

FROM debian:forky-slim AS asterisk
RUN apt-get update \
    && apt-get install -y --no-install-recommends asterisk asterisk-core-sounds-en-wav nodejs \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY package.json tsconfig.json ./
COPY asterisk-conf asterisk-conf
COPY config config
COPY scripts scripts
COPY src src
ENV YIHAO_DATA_DIR=/data
VOLUME /data
CMD ["node", "--import", "tsx", "scripts/asterisk/main.ts"]

FROM build AS production
RUN npm prune --omit=dev

FROM node:20-bookworm-slim AS server
# Bulletins that are typed are spoken by the server.
RUN apt-get update \
    && apt-get install -y --no-install-recommends espeak-ng \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json docker-server.sh ./
COPY config config
COPY migrations migrations
COPY --from=production /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/web/dist web/dist
COPY --from=build /made/prompts /made/prompts
ENV NODE_ENV=production YIHAO_DATA_DIR=/data
VOLUME /data
CMD ["sh", "docker-server.sh"]
