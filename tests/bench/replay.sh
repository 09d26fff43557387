#!/bin/sh
# SPDX-License-Identifier: MIT
# Replay of a year (250 days, an event every 20 s: 360,000 events) against what
# `wc -l` and `jq -c .` need to read the same file; and its memory for that
# year and for a day of it.  The goal is a ratio of at most 4.
. tests/lib/test-lib.sh
command -v jq >/dev/null || skip_all "no jq"

awk 'BEGIN {
	line = "{\"at\":%d,\"event\":\"activity\",\"source\":\"vim\",\"project\":\"/src/a\"}\n"
	for (day = 0; n < 360000; day++)
		for (k = 0; day % 7 < 5 && k < 1440; k++) {
			printf line, 1767600000 + day * 86400 + k * 20
			n++
		}
}' >"$T/year.jsonl" || exit 2
head -1440 "$T/year.jsonl" >"$T/day.jsonl"

python3 - "$T" "$O/vesper" <<'EOT'
import subprocess, sys, time
t, vesper = sys.argv[1:]

def seconds(*argv):
    start = time.monotonic()
    subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - start

def best(*argv):
    return min(seconds(*argv) for _ in range(5))

def peak(path):
    """The most memory used, asked for just before the end of the input."""
    child = subprocess.Popen([vesper, "replay", "-"], stdin=subprocess.PIPE,
                             stdout=subprocess.DEVNULL)
    child.stdin.write(open(path, "rb").read())
    child.stdin.flush()
    status = open(f"/proc/{child.pid}/status").read()
    child.communicate()
    return status.split("VmHWM:")[1].split("kB")[0].strip()

year = t + "/year.jsonl"
ours = best(vesper, "replay", year)
theirs = best("wc", "-l", year) + best("jq", "-c", ".", year)
print(f"replay of a year: {ours:.2f} s, {ours / theirs:.2f} x wc -l + jq -c .")
print(f"memory: {peak(year)} kB for a year, {peak(t + '/day.jsonl')} for a day")
EOT
