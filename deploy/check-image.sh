#!/usr/bin/env bash
# Builds the Dockerfile and runs the image as compose does, on a Debian without a Docker engine: bash deploy/check-image.sh
# The base image is made here (debootstrap or BASE_TREE, and the Node.js of NODE_TREE or of this machine), built by buildah in a chroot, and
# run as its user, with its root mounted read-only, in namespaces of its own without network. Root only; some minutes.
set -euo pipefail

skip() { echo "skipped: $1, so the image is not built"; exit 0; }

# Inside the namespaces: ROOT is the image, DATA its volume.
if [ "${1:-}" = --inside ]; then
  root=$2 data=$3 user=$4
  mount --make-rprivate /
  mount --bind "$root" "$root"
  mount --bind "$data" "$root/app/data"
  mount -t tmpfs tmpfs "$root/tmp"
  mount --rbind /dev "$root/dev"
  mount -t proc proc "$root/proc"
  mount -o remount,ro,bind "$root"
  ip link set lo up
  mapfile -t env <"$data.env"
  mapfile -t serve <"$data.serve"
  mapfile -t health <"$data.health"
  image=(env -i "${env[@]}" HOME=/tmp chroot --userspec="$user" "$root" /bin/sh -c 'cd /app && exec "$@"' sh)
  duban() { "${image[@]}" "${serve[@]:0:2}" "$@"; }
  if touch "$root/app/written" 2>/dev/null; then echo 'the root can be written to' >&2; exit 1; fi

  duban import examples/plan.txt --yes --today 2026-03-20 | head -n 2
  "${image[@]}" "${serve[@]}" &
  for _ in $(seq 100); do if "${image[@]}" "${health[@]}"; then break; fi; sleep 0.2; done
  "${image[@]}" "${health[@]}" && echo 'healthy'
  duban say '本月市财政局有哪些到期任务' --as leader --today 2026-04-13 | head -n 2
  duban doctor | tail -n 3
  kill -TERM $!
  if wait $!; then echo 'ended with 0 on SIGTERM'; else echo "ended with $?" >&2; exit 1; fi
  if "${image[@]}" "${health[@]}" 2>/dev/null; then echo 'healthy without a server' >&2; exit 1; fi
  exit 0
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "$(id -u)" = 0 ] || skip 'not root'
for tool in buildah debootstrap unshare ip; do command -v $tool >/dev/null || skip "no $tool (apt-get install buildah debootstrap iproute2)"; done
unshare --mount --net --pid --fork true 2>/dev/null || skip 'no namespaces here'

work=$(mktemp -d)
finish() { buildah rm --all >/dev/null 2>&1 || true; umount "$work"/store/overlay 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
buildah() { command buildah --root "$work/store" --runroot "$work/run" "$@"; }

echo '== base image'
suite=bookworm
if [ -n "${BASE_TREE:-}" ]; then cp -a "$BASE_TREE" "$work/base"
else debootstrap --variant=minbase "$suite" "$work/base" >"$work/debootstrap.log" || skip 'debootstrap found no Debian'; fi
local_tree="$work/base/usr/local"
if [ -n "${NODE_TREE:-}" ]; then
  cp -a "$NODE_TREE/bin" "$NODE_TREE/include" "$local_tree/"
else
  node=$(node -p process.execPath)
  cp "$node" "$local_tree/bin/"
  cp -a "$(dirname "$node")/../include/node" "$local_tree/include/"
fi
mkdir -p "$local_tree/lib/node_modules"
cp -a "$(npm root -g)/npm" "$local_tree/lib/node_modules/"
for tool in npm npx; do ln -sf "../lib/node_modules/npm/bin/$tool-cli.js" "$local_tree/bin/$tool"; done
chroot "$work/base" useradd --uid 1000 --create-home node
base=$(buildah from scratch)
# A machine behind an authority of its own hands it on.
if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
  install -D "$NODE_EXTRA_CA_CERTS" "$work/base/usr/local/share/check-ca.crt"
  buildah config --env NODE_EXTRA_CA_CERTS=/usr/local/share/check-ca.crt "$base"
fi
buildah add --quiet "$base" "$work/base" / >/dev/null
buildah commit --quiet "$base" localhost/duban-base >/dev/null
echo "Node.js $(chroot "$work/base" node -v) on Debian $suite"
rm -rf "$work/base"

echo '== build'
buildah bud --isolation chroot --format docker --build-arg NODE_IMAGE=localhost/duban-base --tag localhost/duban . \
  2>&1 | tee "$work/build.log" | grep --line-buffered -E 'STEP|files,|added [0-9]+ packages' ||
  { tail -n 40 "$work/build.log"; exit 1; }
buildah images --format '{{.Name}} {{.Size}}' | grep duban

echo '== run'
container=$(buildah from localhost/duban)
root=$(buildah mount "$container")
buildah inspect --type image localhost/duban >"$work/image.json"
of() { node -e "
  const { Docker: { config } } = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'))
  const { 1: what } = [0, process.argv[2]]
  const lists = { env: config.Env, serve: [...config.Entrypoint, ...config.Cmd], health: config.Healthcheck.Test.slice(1), user: [config.User] }
  console.log(lists[what].join('\n'))" "$work/image.json" "$1"; }
user=$(of user)
data="$work/data"
install -d -m 700 -o "${user%:*}" -g "${user#*:}" "$data"
for list in env serve health; do of $list >"$data.$list"; done
unshare --mount --net --pid --fork bash "${BASH_SOURCE[0]}" --inside "$root" "$data" "$user"
find "$data" -type f -printf '%f %m %U\n' | sort | head -n 10
echo 'the image is well'
