FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /image/cotejo ./cmd/cotejo && mkdir -p /image/data /image/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /image/cotejo /cotejo
COPY --from=build --chown=65532:65532 /image/data /data
COPY --from=build --chown=65532:65532 /image/tmp /tmp
USER 65532:65532
ENV COTEJO_DATA=/data COTEJO_ADDR=0.0.0.0:8080 XDG_CACHE_HOME=/tmp/cache
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/cotejo"]
CMD ["serve"]
