#!/usr/bin/env bash
# Follows docs/deploy.md to the letter on a fresh Debian that a systemd of its own boots: bash deploy/check-service.sh, after
# npm run pack:offline. The page's own commands install the bundle, start the unit with all its hardening, and upgrade it.
# Root only; debootstrap or BASE_TREE, systemd-container; the container has no network but its own. Two minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

skip() { echo "skipped: $1, so the unit is not started"; exit 0; }
[ "$(id -u)" = 0 ] || skip 'not root'
for tool in debootstrap systemd-nspawn; do command -v $tool >/dev/null || skip "no $tool (apt-get install debootstrap systemd-container)"; done
archive=$(ls release/duban-*.tgz 2>/dev/null | head -n 1)
[ -n "$archive" ] || { echo 'npm run pack:offline first' >&2; exit 1; }
name=$(basename "$archive" .tgz)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root="$work/root"
if [ -n "${BASE_TREE:-}" ]; then cp -a "$BASE_TREE" "$root"
else debootstrap --variant=minbase bookworm "$root" >"$work/log" || skip 'debootstrap found no Debian'; fi
cp /etc/resolv.conf "$root/etc/"
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -qq -y --no-install-recommends systemd systemd-sysv curl \
  >"$work/log" 2>&1 || skip 'no packages'
install -m 755 "$(node -p process.execPath)" "$root/usr/bin/node"
cp "$archive" "$archive.sha256" "$root/srv/"
# The next version: the same program in a folder of that name.
next="duban-0.2.0-${name#duban-*-}"
mkdir "$work/next" && tar xzf "$archive" -C "$work/next" && mv "$work/next/$name" "$work/next/$next"
tar cz -C "$work/next" -f "$root/srv/$next.tgz" "$next"

# The commands of a section of the page, without what a machine at hand or a person does: packages, a platform's secret.
commands_of() {
  awk -v section="## $1" '$0 == section { on = 1; next } /^## / { on = 0 } on && /^```sh$/ { code = 1; next } /^```$/ { code = 0 } on && code' docs/deploy.md |
    grep -v -e '^apt-get ' -e node-v22 -e /usr/bin/node -e lark_app_secret | sed "s/duban-0.1.0-linux-x64-abi115/$name/g; s/duban-0.2.0-linux-x64-abi115/$next/g"
}
{
  cat <<'HEAD'
set -euo pipefail
cd /srv
systemctl() { command systemctl --no-pager "$@"; case "$*" in *--now*|start*) sleep 8;; esac; }
trap 'echo "failed: $BASH_COMMAND"; journalctl -u duban --no-pager | tail -n 20' ERR
set -x
HEAD
  commands_of '一台机器，一个文件'
  cat <<'MIDDLE'
duban import /opt/duban/current/examples/plan.txt --yes --today 2026-03-20 >/dev/null
duban say '本月市财政局有哪些到期任务' --as leader --today 2026-04-13 | grep -F 公开26-5-1
systemd-analyze security duban --no-pager | tail -n 1
# In the same walls: what the nightly backup and the reader of plans need.
mkdir -p /etc/systemd/system/duban.service.d
cat >/etc/systemd/system/duban.service.d/check.conf <<'DROP'
[Service]
ExecStartPre=/usr/bin/node -e "os.setPriority(10); new worker_threads.Worker('0', { eval: true }); child_process.execFileSync(process.execPath, ['-v'])"
DROP
command systemctl daemon-reload
MIDDLE
  commands_of '升级'
  cat <<'TAIL'
readlink /opt/duban/current
duban say '本月市财政局有哪些到期任务' --as leader --today 2026-04-13 | grep -F 公开26-5-1
systemctl stop duban
command systemctl show duban -p Result -p ExecMainStatus
[ "$(command systemctl show duban -p Result --value)" = success ]
# What is wrong for good is not tried again and again.
echo PORT=none >>/etc/duban/duban.env
command systemctl start duban
sleep 8
command systemctl show duban -p ExecMainStatus -p NRestarts
[ "$(command systemctl show duban -p ExecMainStatus --value)-$(command systemctl show duban -p NRestarts --value)" = 2-0 ]
set +x
echo 'the page holds'
TAIL
} >"$root/srv/steps"
cat >"$root/etc/systemd/system/steps.service" <<'EOF2'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/bash -c 'bash /srv/steps >/srv/said 2>&1'
ExecStopPost=/bin/systemctl --no-block poweroff
TimeoutStartSec=300
[Install]
WantedBy=default.target
EOF2
chroot "$root" systemctl -q enable steps
timeout 400 systemd-nspawn -q -D "$root" --register=no --keep-unit --private-network -b </dev/null >"$work/boot" 2>&1 || true
[ -e "$root/srv/said" ] || { tail -n 3 "$work/boot"; skip 'systemd does not boot in a container here'; }
cat "$root/srv/said"
tail -n 1 "$root/srv/said" | grep -qx 'the page holds'
