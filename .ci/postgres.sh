#!/usr/bin/env bash
# A real PostgreSQL for the tests, on loopback, in a temporary folder, as a user who is not root.
#   .ci/postgres.sh            starts one and prints its URL (stdout); everything else goes to stderr
#   .ci/postgres.sh stop URL   stops the one that this URL was printed for, and removes its folder
set -euo pipefail

here="${TMPDIR:-/tmp}"
folder_of() { echo "$here/duban-postgres-$1"; }

# Debian's server programs stand outside PATH.
bin() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  if [ -n "$newest" ] && [ -x "$newest/initdb" ]; then echo "$newest"; return; fi
  command -v initdb >/dev/null && dirname "$(readlink -f "$(command -v initdb)")"
}

install_server() {
  echo 'installing postgresql' >&2
  local as=()
  [ "$(id -u)" = 0 ] || as=(sudo)
  # No cluster of Debian's own: it would take port 5432 and start with the machine.
  "${as[@]}" mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] ||
    echo 'create_main_cluster = false' | "${as[@]}" tee /etc/postgresql-common/createcluster.conf >&2
  "${as[@]}" apt-get update >&2
  DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -y --no-install-recommends postgresql >&2
}

# PostgreSQL refuses to run as root.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

free_port() {
  local port
  for port in $(shuf -i 20000-29999 -n 50); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
  done
  echo 'no free port' >&2
  exit 1
}

start() {
  bin >/dev/null || install_server
  local bin port folder
  bin=$(bin)
  port=$(free_port)
  folder=$(folder_of "$port")
  mkdir -m 700 "$folder"
  if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
  cd "$folder"
  # Sorts by words where it can, as most servers do: the tables must not lean on the database's own order.
  local words=()
  if "$bin/initdb" --help | grep -q locale-provider; then words=(--locale-provider=icu --icu-locale=zh-CN); fi
  unprivileged "$bin/initdb" --pgdata="$folder/data" --username=duban --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 "${words[@]}" >&2
  unprivileged "$bin/pg_ctl" start --pgdata="$folder/data" --log="$folder/log" --wait --timeout=30 \
    --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200" >&2
  echo "postgres://duban@127.0.0.1:$port/postgres"
}

stop() {
  local port folder bin
  port=$(sed -nE 's|^postgres://duban@127\.0\.0\.1:([0-9]+)/postgres$|\1|p' <<<"${1:-}")
  folder=$(folder_of "$port")
  if [ -z "$port" ] || [ ! -d "$folder/data" ]; then
    echo "not started here: ${1:-no URL given}" >&2
    exit 2
  fi
  bin=$(bin)
  cd /
  unprivileged "$bin/pg_ctl" stop --pgdata="$folder/data" --mode=immediate --wait >&2
  rm -rf "$folder"
}

case "${1:-start}" in
  start) start ;;
  stop) stop "${2:-}" ;;
  *) sed -n '2,4p' "$0" >&2; exit 2 ;;
esac
