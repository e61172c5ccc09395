#!/usr/bin/env bash
# What is handed on: bash .ci/package.sh, after npm run build. The offline bundle runs from an empty folder, without network, npm or
# anything of this checkout, as the image runs it: its user, its variables, its command and health check, all else read-only.
set -euo pipefail

# Inside the namespaces: APP is the unpacked bundle, DATA the only place that can be written to.
if [ "${1:-}" = --inside ]; then
  app=$2 data=$3 heard=$4 user=$5 node=$6
  mount --make-rprivate /
  mount --bind "$data" "$app/data"
  mount --bind "$heard" "$heard"
  mount -o remount,ro,bind /
  ip link set lo up
  mapfile -t env <"$heard/env"
  mapfile -t serve <"$heard/serve"
  mapfile -t health <"$heard/health"
  as=(env -C "$app" -i "${env[@]}" PATH="$(dirname "$node"):/usr/bin:/bin" HOME=/nonexistent
    setpriv --reuid="${user%:*}" --regid="${user#*:}" --clear-groups --no-new-privs)
  duban() { "${as[@]}" node dist/cli.js "$@"; }
  if touch "$app/written" 2>/dev/null; then echo 'the program can be written to' >&2; exit 1; fi
  if (exec 3<>/dev/tcp/1.1.1.1/53) 2>/dev/null; then echo 'there is a network' >&2; exit 1; fi

  duban doctor | head -n 1
  duban import examples/plan.txt --yes --today 2026-03-20 >"$heard/said"
  grep 已下达 "$heard/said"
  duban say '本月市财政局有哪些到期任务' --as leader --today 2026-04-13 >"$heard/said"
  head -n 1 "$heard/said"
  grep -q '公开26-5-1' "$heard/said"
  # In the image the bundle is /app.
  "${as[@]}" "${serve[@]/#\/app\//$app/}" >"$heard/said" 2>"$heard/log" &
  for _ in $(seq 150); do if "${as[@]}" "${health[@]}"; then break; fi; sleep 0.2; done
  "${as[@]}" "${health[@]}" || { cat "$heard/said" "$heard/log"; exit 1; }
  echo 'healthy'
  duban verify | tail -n 1
  kill -TERM $!
  if wait $!; then echo 'ended with 0 on SIGTERM'; else echo "ended with $?" >&2; exit 1; fi
  exit 0
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "$(uname)" = Linux ] || { echo 'skipped: no Linux'; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

node deploy/pack.mjs --out "$work"
(cd "$work" && sha256sum --check --quiet duban-*.tgz.sha256)
tar xzf "$work"/duban-*.tgz -C "$work"
app=$(echo "$work"/duban-*/)
app=${app%/}
(cd "$app" && sha256sum --check --quiet SHA256SUMS)
if [ -e "$app/SM3SUMS" ] && cksum --help | grep -q -- --check; then (cd "$app" && cksum --check --quiet SM3SUMS) && echo 'SHA-256 and SM3 sums hold'; fi
# Nothing of this checkout is found from there, and nothing of it was left inside.
if grep -rlF "$PWD" "$app" --include='*.js' --include='*.cjs' --include='*.cache' --include='*.json' --include='*.md'; then echo 'the bundle names this folder' >&2; exit 1; fi

[ "$(id -u)" = 0 ] || { echo 'skipped: not root, so the bundle is not run without network'; exit 0; }
unshare --mount --net --pid --fork true 2>/dev/null || { echo 'skipped: no namespaces here, so the bundle is not run'; exit 0; }
for tool in ip setpriv; do command -v $tool >/dev/null || { echo "skipped: no $tool, so the bundle is not run"; exit 0; }; done
user=$(node .ci/image-words.mjs USER)
data="$work/data"
install -d -m 700 -o "${user%:*}" -g "${user#*:}" "$data"
heard="$work/heard"
mkdir "$app/data" "$heard"
node .ci/image-words.mjs ENV >"$heard/env"
node .ci/image-words.mjs SERVE >"$heard/serve"
node .ci/image-words.mjs HEALTH >"$heard/health"
unshare --mount --net --pid --fork --mount-proc bash "${BASH_SOURCE[0]}" --inside "$app" "$data" "$heard" "$user" "$(node -p process.execPath)"
