# The service for a real AWS: `docker build -t viewpoint-worker .`
# GDAL is Debian's (3.6): it has the codecs (ZSTD, WEBP, LERC) that the one inside gdal-async lacks.

FROM node:24-bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgdal-dev g++ make python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV VIEWPOINT_GDAL=shared
# Dependencies first: this layer is rebuilt only when they change.
COPY package.json package-lock.json .npmrc ./
COPY src/setup src/setup
RUN node src/setup/setup.mjs --no-build
COPY tsconfig.json ./
COPY src src
COPY routes routes
RUN node src/setup/setup.mjs \
 && npm prune --omit=dev --ignore-scripts \
 && rm -rf dist/.tsbuildinfo dist/src/demo dist/src/embedded dist/src/imagery/samples
# Of gdal-async only what runs. Its loader insists on its data folders; the shared GDAL and PROJ read
# their own, all but the GRIB tables.
RUN cd node_modules/gdal-async \
 && mv deps/libgdal/gdal/frmts/grib/data /tmp/grib-data \
 && rm -rf deps build src include doc bench node_modules/.cache \
 && mkdir -p deps/libgdal/gdal/data deps/libproj/proj/data deps/libgdal/gdal/frmts/grib \
 && mv /tmp/grib-data deps/libgdal/gdal/frmts/grib/data \
 && node -e 'console.log("GDAL", require("gdal-async").version)'

FROM node:24-bookworm-slim
# curl for the health checks of Docker and ECS; prlimit, which bounds the GDAL processes, is in util-linux.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgdal32 curl ca-certificates util-linux \
 && rm -rf /var/lib/apt/lists/* \
 # Where the shared volume is mounted by default, writable also when nothing is.
 && install -d -o 1000 -g 1000 /ts-efs-volume
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# The process cannot end while it looks up a name: name servers that are silent are given up after some seconds, not 20 to 40.
ENV NODE_ENV=production VIEWPOINT_BACKEND=aws PORT=8080 RES_OPTIONS="timeout:1 attempts:2"
EXPOSE 8080
# The access point of the volume belongs to 1000:1000, which is this image's user "node".
USER 1000:1000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD curl --fail --silent --show-error "http://localhost:${PORT}/ping"
# node itself is process 1 and gets SIGTERM. What a download brings is outside of V8's heap, whose young part need not grow.
CMD ["node", "--max-semi-space-size=4", "dist/src/server.js"]
