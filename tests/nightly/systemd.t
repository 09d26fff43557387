#!/bin/sh
# SPDX-License-Identifier: MIT
# The units under a real `systemd --user`: an event starts the daemon, a crash
# and a hang end in a restart, a stop leaves the socket, and the strict drop-in
# lets it run.  Root, in a mount namespace whose /run says that systemd runs.
if [ -z "$VESPER_NIGHTLY" ]; then
	echo "1..0 # SKIP long: only with VESPER_NIGHTLY (make nightly)"
	exit 0
fi
if [ -z "$VESPER_UNSHARED" ]; then
	skip() {
		echo "1..0 # SKIP $1"
		exit 0
	}
	[ "$(id -u)" -eq 0 ] || skip "only root can make the namespace"
	[ -x /lib/systemd/systemd ] || skip "no systemd here"
	unshare -m true 2>/dev/null || skip "no mount namespace here"
	VESPER_UNSHARED=vesper-$$ unshare -m --propagation private "$0"
	status=$?
	find /sys/fs/cgroup -depth -path "*/vesper-$$*" -type d \
		-exec rmdir {} + 2>/dev/null
	exit "$status"
fi
. tests/lib/test-lib.sh

# a control group of its own, and where systemd looks before it runs
for top in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
	[ -e $top/cgroup.procs ] || continue
	mkdir -p "$top/$VESPER_UNSHARED" 2>/dev/null &&
		echo $$ >"$top/$VESPER_UNSHARED/cgroup.procs" ||
		skip_all "no control group can be made here"
done
mount -t tmpfs vesper /run || skip_all "nothing can be mounted here"
mkdir -p /run/systemd/system

make -s -C "$TOP" O="$O" PREFIX="$T/prefix" install >"$T/install" 2>&1
units=$HOME/.config/systemd/user
mkdir -p "$units"
cp "$T/prefix/lib/systemd/user/"vesperd.* "$units"
PATH=$T/prefix/bin:$PATH
unset VESPER_LIBEXEC
SYSTEMD_LOG_TARGET=console /lib/systemd/systemd --user \
	--unit=basic.target >"$T/systemd.log" 2>&1 &
manager=$!
pids="$pids $manager"
ctl() {
	systemctl --user "$@" 2>&1
}
wait_for ctl is-system-running || skip_all "systemd does not start here"

state() {
	ctl show -P "$1" vesperd.service
}
state_is() {
	[ "$(state "$1")" = "$2" ]
}
answers() {
	vesper status --json >/dev/null 2>&1
}

ctl enable --now vesperd.socket >/dev/null
is "$(ctl is-active vesperd.socket vesperd.service | tr '\n' ' ')" \
	"active inactive " "the socket is there, the daemon is not"
answers
ok $? "who asks is answered"
is "$(state ActiveState)" active "by the daemon that was started for it"
like "$(grep Seccomp: "/proc/$(state MainPID)/status")" 2 "in its sandbox"
like "$(vesper doctor)" 'ok +start: .*vesperd.socket' "doctor sees the unit"

kill -KILL "$(state MainPID)"
wait_for answers
ok $? "after a crash it answers again"
is "$(state NRestarts)" 1 "for systemd started it"

ctl stop vesperd.service >/dev/null
is "$(state Result) $(ctl is-active vesperd.service vesperd.socket |
	tr '\n' ' ')" "success inactive active " "a stop leaves the socket"
answers
ok $? "so that the next event starts it"
vesper stop >/dev/null
wait_for state_is ActiveState inactive
is "$(state Result) $(state NRestarts)" "success 0" \
	"vesper stop is no failure, and no reason to restart"
ctl restart vesperd.service
ok $? "restart"
ctl reload vesperd.service
ok $? "reload"
answers
ok $? "and it answers"

mkdir "$units/vesperd.service.d"
cp "$TOP/contrib/systemd/strict.conf" "$units/vesperd.service.d"
printf '[Service]\nWatchdogSec=2\nRestartSec=0\n' \
	>"$units/vesperd.service.d/watchdog.conf"
ctl daemon-reload
ctl restart vesperd.service
answers
ok $? "it answers in the strict sandbox"
alive=$(state MainPID)
kill -STOP "$alive"
wait_for state_is NRestarts 1
ok $? "a daemon that hangs is restarted by the watchdog"
answers
ok $? "and answers again"
[ "$(state MainPID)" != "$alive" ]
ok $? "as another process"
ctl stop vesperd.socket vesperd.service >/dev/null
kill "$manager"
wait "$manager"
done_testing
