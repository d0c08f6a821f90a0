# Warmline with its own Redis. Everything it keeps is in /data.
FROM node:24-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends redis-server \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
RUN node --input-type=module -e "const { ensureWebBuilt } = await import('./src/console/assets/build.ts'); await ensureWebBuilt({ log: console })" \
  && mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 WARMLINE_DATA_DIR=/data
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Without npm and a shell between, so that signals reach the service itself.
CMD ["node", "src/main.ts"]
