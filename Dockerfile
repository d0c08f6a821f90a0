# Warmline with a Redis server of its own. Everything that it keeps is in /data.

# Installs the packages, builds the pages for the browser and learns what messages are.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
# Vectors of the labelled lines are needed for that alone.
RUN WARMLINE_CACHE_DIR=/tmp/cache npm run -s build
# The image has Node already, and runs on Linux only: half of the packages' size is for others.
RUN find node_modules/onnxruntime-node/bin -mindepth 2 -maxdepth 2 -not -name linux -exec rm -rf {} + \
  && rm -rf node_modules/node-linux-* node_modules/node-win-*

FROM node:24-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends redis-server \
  && rm -rf /var/lib/apt/lists/* \
  && mkdir /data && chown node:node /data
WORKDIR /app
COPY --from=build /app ./
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 WARMLINE_DATA_DIR=/data ORT_DISABLE_TELEMETRY=1
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Without npm and a shell between, so that signals reach the service itself.
CMD ["node", "src/main.ts"]
