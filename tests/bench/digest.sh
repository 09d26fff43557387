#!/bin/sh
# SPDX-License-Identifier: MIT
# digest against the git commands that give the same answers, one after the
# other: log --shortstat, status, for-each-ref, stash list.  Interleaved
# rounds, medians, ratios.  Repositories: clones of those in VESPER_BENCH_DIR,
# otherwise made here.  Every third gets a day's work; both must agree.
set -eu
cd "$(dirname "$0")/../.."
O=${O:-$PWD/build}
B=$(mktemp -d "${TMPDIR:-/tmp}/vesper-bench.XXXXXX")
trap 'rm -rf "$B"' EXIT
trap 'exit 1' INT TERM
export HOME="$B" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$B/gitconfig"
export B O ROUNDS="${VESPER_BENCH_ROUNDS:-15}" COPIES="${VESPER_BENCH_COPIES:-1}"
git config --global user.name Ada
git config --global user.email ada@bench.example
git config --global init.defaultBranch main
git config --global advice.detachedHead false
mkdir "$B/r"

# synthetic NAME COMMITS FILES: a history by fast-import, then checked out
synthetic() {
	git init -q "$B/r/$1"
	awk -v n="$2" -v f="$3" 'BEGIN {
		srand(n)
		for (i = 0; i < n; i++) {
			print "commit refs/heads/main"
			printf "author Eve <eve@bench.example> %d +0000\n", 1600000000 + i * 600
			printf "committer Eve <eve@bench.example> %d +0000\n", 1600000000 + i * 600
			s = "commit " i
			printf "data %d\n%s\n", length(s), s
			for (k = 0; k < (i ? 3 : f); k++) {
				p = i ? int(rand() * f) : k
				s = ""
				for (l = 0; l < 40; l++)
					s = s "line " l " of " p (l % 7 == i % 7 ? " at " i : "") "\n"
				printf "M 644 inline d%d/e%d/f%d\ndata %d\n%s\n", p % 20, p % 7, p, length(s), s
			}
		}
	}' | git -C "$B/r/$1" fast-import --quiet
	git -C "$B/r/$1" update-ref refs/remotes/origin/main main
	git -C "$B/r/$1" remote add origin "$B/nowhere"
	git -C "$B/r/$1" config branch.main.remote origin
	git -C "$B/r/$1" config branch.main.merge refs/heads/main
	git -C "$B/r/$1" checkout -q main
}

if [ -n "${VESPER_BENCH_DIR:-}" ]; then
	for r in "$VESPER_BENCH_DIR"/*; do
		[ -e "$r/.git" ] || [ -e "$r/HEAD" ] || continue
		for n in $(seq "$COPIES"); do
			git clone -q --local "$r" "$B/r/$(basename "$r")-$n"
		done
	done
	what="clones of $VESPER_BENCH_DIR"
else
	for n in $(seq 12); do synthetic "made-$n" $((n * 300)) $((n * 100)); done
	what="made here (VESPER_BENCH_DIR is not set)"
fi

i=0 now=$(date +%s)
for r in "$B"/r/*; do
	i=$((i + 1))
	cd "$r"
	[ $((i % 3)) -eq 0 ] || continue
	files=$(git ls-files | grep -E '\.(c|h|txt|py|md)$|/f[0-9]+$' | head -n 24)
	for n in $(seq 8); do
		for f in $(echo "$files" | sed -n "$n,$((n + 2))p"); do
			[ -f "$f" ] && echo "work $n" >>"$f"
		done
		echo "new $n" >"vesper-bench-$n"
		git add -A
		git commit -qm "work $n of $i"
		git commit -q --allow-empty --author 'Bob <bob@bench.example>' -m "his $n"
	done
	echo stash >>vesper-bench-1 && git stash -q
	for f in 2 3 4; do echo dirt >>vesper-bench-$f; done
	echo x >vesper-bench-untracked
done
for r in "$B"/r/*; do # stamps as after a while
	cd "$r"
	git ls-files -z | xargs -0 touch -h -d '-100 seconds' 2>/dev/null || :
	git update-index -q --refresh || :
done
echo "# repositories: $(ls "$B/r" | wc -l), $what"
export SINCE=$((now - 3600)) UNTIL=$((now + 3600))

cat >"$B/cli4" <<'EOF'
#!/bin/sh
for r in "$B"/r/*; do
	git -C "$r" log --branches --no-merges --since="@$SINCE" --until="@$UNTIL" \
		--author=ada@bench.example --shortstat --format=%H
	git -C "$r" status --porcelain
	git -C "$r" for-each-ref --format='%(refname) %(upstream:track)' refs/heads
	git -C "$r" stash list | sed 's/^/STASH /'
done
EOF
chmod +x "$B/cli4"
exec_bench() {
	python3 - <<'EOF'
import glob, json, os, re, statistics, subprocess, time
B, rounds = os.environ['B'], int(os.environ['ROUNDS'])
since, until = int(os.environ['SINCE']), int(os.environ['UNTIL'])
repos = sorted(glob.glob(B + '/r/*'))
digest = os.environ['O'] + '/libexec/digest'

def jobs(names, known=None):
    return '\n'.join(json.dumps(dict(repository=r, since=since, until=until,
        authors=['ada@bench.example'], known=(known or {}).get(r, [])))
        for r in names) + '\n'

def run(argv, text=None):
    start = time.perf_counter()
    out = subprocess.run(argv, input=text, capture_output=True, text=True).stdout
    return (time.perf_counter() - start) * 1000, out

def rows(out):
    return [json.loads(line) for line in out.splitlines()]

def numbers(word, text):
    return sum(int(n) for n in re.findall(r'(\d+) ' + word, text))

_, cli = run([B + '/cli4'])
_, out = run([digest, '--job'], jobs(repos))
all_rows = rows(out)
unread = [r for r in all_rows if 'unread' in r]
total = lambda key: sum(r[key] or 0 for r in all_rows)
ours = dict(commits=total('commits'), insertions=total('insertions'),
    deletions=total('deletions'), dirty=total('dirty'),
    untracked=total('untracked'), stashes=total('stashes'))
theirs = dict(commits=len(re.findall(r'^[0-9a-f]{40}$', cli, re.M)),
    insertions=numbers('insertion', cli), deletions=numbers('deletion', cli),
    dirty=len(re.findall(r'^[ MADRCUT]{2} ', cli, re.M)),
    untracked=cli.count('\n?? '), stashes=cli.count('STASH '))
print('# both:', theirs, '' if ours == theirs else 'BUT DIGEST: %s' % ours)
for r in unread:
    print('# unread:', r['path'], r['unread'])
known = {r['path']: r['oids'] for r in all_rows}
ways = {
    'cli4': ([B + '/cli4'], None),
    'digest': ([digest, '--job'], jobs(repos)),
    'one worker': ([digest, '--job', '--workers', '1'], jobs(repos)),
    'known': ([digest, '--job'], jobs(repos, known)),
    'no job': ([digest, '--job'], ''),
}
times = {w: [] for w in ways}
for _ in range(rounds):
    for w, (argv, text) in ways.items():
        times[w].append(run(argv, text)[0])
base = statistics.median(times['cli4'])
for w in ways:
    m = statistics.median(times[w])
    print('%-10s %8.1f ms  best %8.1f  ratio to cli4 %.2f' %
        (w, m, min(times[w]), m / base))

# peak memory of any of its processes, by the kernel's high-water marks
p = subprocess.Popen([digest, '--job'], stdin=subprocess.PIPE,
    stdout=subprocess.DEVNULL, text=True)
p.stdin.write(jobs(repos))
p.stdin.close()
peak = {}
while p.poll() is None:
    for line in glob.glob('/proc/[0-9]*/status'):
        try:
            s = open(line).read()
        except OSError:
            continue
        if s.startswith('Name:\tdigest'):
            for key in ('VmHWM', 'RssAnon'):
                kb = re.search(key + r':\s+(\d+)', s)
                if kb:
                    peak[key] = max(peak.get(key, 0), int(kb.group(1)))
print('peak of a worker: %.0f MB resident, %.0f MB of its own' %
    (peak.get('VmHWM', 0) / 1024, peak.get('RssAnon', 0) / 1024))
EOF
}
exec_bench
