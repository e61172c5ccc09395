#!/usr/bin/env bash
# What stands in deploy/ is read by the programs that will read it: nginx, systemd, compose. Each is skipped by name where it is not here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

nginx_file() {
  command -v nginx >/dev/null || { echo 'skipped: no nginx (apt-get install nginx-light)'; return; }
  command -v openssl >/dev/null || { echo 'skipped: no openssl, so nginx has no certificate'; return; }
  mkdir -p "$work/nginx/tls" "$work/nginx/conf.d"
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=duban.example.gov.cn \
    -keyout "$work/nginx/tls/duban.key" -out "$work/nginx/tls/duban.crt" 2>/dev/null
  cp deploy/nginx/upstream.conf "$work/nginx/duban-upstream.conf"
  # Its own folders, so that nobody's nginx is touched.
  sed "s#/etc/nginx/#$work/nginx/#; s#/var/log/nginx/#$work/nginx/#" deploy/nginx/duban.conf >"$work/nginx/conf.d/duban.conf"
  echo "pid $work/pid; error_log $work/error; events { } http { include $work/nginx/conf.d/*.conf; }" >"$work/nginx.conf"
  nginx -t -c "$work/nginx.conf" 2>&1 | tail -n 1
}

systemd_unit() {
  command -v systemd-analyze >/dev/null || { echo 'skipped: no systemd-analyze (apt-get install systemd)'; return; }
  # What it starts is not installed here.
  sed 's#^ExecStart=.*#ExecStart=/bin/true#' deploy/duban.service >"$work/duban.service"
  systemd-analyze verify "$work/duban.service" 2>"$work/verify" || { cat "$work/verify"; return 1; }
  if grep duban "$work/verify"; then return 1; fi
  systemd-analyze security --offline=true --threshold=20 --no-pager deploy/duban.service >"$work/score" ||
    { tail -n 1 "$work/score"; echo 'duban.service is exposed more than it was'; return 1; }
  tail -n 1 "$work/score"
}

compose_file() {
  local compose=''
  if docker compose version >/dev/null 2>&1; then compose='docker compose'; fi
  if [ -z "$compose" ] && command -v docker-compose >/dev/null; then compose=docker-compose; fi
  [ -n "$compose" ] || { echo 'skipped: no docker compose (apt-get install docker-compose)'; return; }
  cp -r deploy "$work/deploy"
  mkdir -p "$work/deploy/secrets/platform"
  touch "$work/deploy/secrets/database_"{url,password}
  cp deploy/duban.env.example "$work/deploy/duban.env"
  # The first generation, which Debian 12 has, knows no names of projects.
  if [ "$compose" = docker-compose ]; then sed -i '/^name:/d' "$work/deploy/compose.yaml"; fi
  $compose -f "$work/deploy/compose.yaml" config --services | sort | tr '\n' ' '
  echo "are valid to $compose"
}

nginx_file
systemd_unit
compose_file
