# One image, three roles: `web`, `controller` and `migrate`. Where Docker Hub or the npm registry cannot be reached:
#   docker build --build-arg NODE_IMAGE=registry.example.com/node:24 \
#     --build-arg NPM_CONFIG_REGISTRY=https://npm.example.com/ --secret id=npmrc,src=$HOME/.npmrc -t gatebook .
# The npmrc, for a registry that wants a password, is there while packages are fetched and in no layer.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS base
ARG NPM_CONFIG_REGISTRY=https://registry.npmjs.org/
ENV NPM_CONFIG_REGISTRY=${NPM_CONFIG_REGISTRY} \
    NPM_CONFIG_AUDIT=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
COPY package.json package-lock.json ./

# What runs needs neither what builds nor the embedded Postgres. No package needs its install script.
FROM base AS dependencies
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm ci --ignore-scripts --omit=dev --omit=optional

FROM base AS build
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm ci --ignore-scripts
COPY . .
RUN node tools/prepare.mjs \
    && node tools/build.mjs \
    && rm -rf .next/cache

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/package.json /app/LICENSE /app/next.config.mjs /app/tsconfig.json ./
COPY --from=build /app/bin ./bin
COPY --from=build /app/lib ./lib
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/.next ./.next
RUN chmod 0755 bin/gatebook.mjs \
    && ln -s /app/bin/gatebook.mjs /usr/local/bin/gatebook \
    && mkdir .next/cache
# Files belong to root, so what runs cannot change what it runs. The number, because Kubernetes checks that it is not root.
USER 1000:1000
EXPOSE 3000 9464
ENTRYPOINT ["gatebook"]
CMD ["--help"]
