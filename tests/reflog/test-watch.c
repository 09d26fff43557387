/* SPDX-License-Identifier: MIT */
/*
 * The watch against a real git: what is done in a repository is told once, by
 * the right name, and nothing else is.  VESPER_WATCH_COMMITS says how many
 * commits the long run makes.
 */
#include "reflog/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "lib/tap.h"
#include "reflog/repo.h"

static char top[] = "/tmp/vesper-test-watch.XXXXXX";
static struct buf told; /* "kind", "kind:n", "(kind)" when caught up */
static char *last_worktree, *last_oid;
static int events;

static struct {
	char *key, *mark;
} kept[4096];
static size_t nkept;

static void
on_event(void *data UNUSED, const struct watch_event *ev)
{
	const char *kind = reflog_kind_name(ev->entry->kind);

	events++;
	buf_addf(&told, ev->live ? "%s%s" : "%s(%s)", told.len ? " " : "", kind);
	if (ev->count != 1)
		buf_addf(&told, ":%d", ev->count);
	free(last_worktree);
	free(last_oid);
	last_worktree = ev->worktree ? xstrdup(ev->worktree) : NULL;
	last_oid = xstrdup(ev->entry->new_oid);
}

static void
keep(void *data UNUSED, const char *repository, const char *log,
	const char *mark)
{
	char *key = xasprintf("%s|%s", repository, log);
	size_t i = 0;

	while (i < nkept && !streq(kept[i].key, key))
		i++;
	if (i < nkept) {
		free(key);
		free(kept[i].mark);
	} else {
		kept[nkept++].key = key;
	}
	kept[i].mark = xstrdup(mark);
}

static char *
recall(void *data UNUSED, const char *repository, const char *log)
{
	AUTO_FREE char *key = xasprintf("%s|%s", repository, log);

	for (size_t i = 0; i < nkept; i++)
		if (streq(kept[i].key, key))
			return xstrdup(kept[i].mark);
	return NULL;
}

static int changes;

static void
changed(void *data UNUSED, const char *repository UNUSED)
{
	changes++;
}

static const struct watch_ops ops = {on_event, keep, recall, changed};

/* Runs a shell command line in top; it must succeed. */
static void
run(const char *fmt, ...)
{
	char text[2048];
	__builtin_va_list ap;

	__builtin_va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	__builtin_va_end(ap);
	if (system(text) != 0)
		ok(false, "failed: %s", text);
}

static char *
at(const char *name)
{
	return xasprintf("%s/%s", top, name);
}

/* What is told now. */
static const char *
news(struct watch *w)
{
	buf_clear(&told);
	watch_dispatch(w);
	return told.len ? told.data : "";
}

static int
add(struct watch *w, const char *name)
{
	AUTO_FREE char *path = at(name);

	buf_clear(&told);
	return watch_add(w, path, 0, NULL);
}

static void
test_kinds(struct watch *w)
{
	AUTO_FREE char *a = at("a");

	run("git init -q a");
	is_int(add(w, "a/file/not/there"), 0, "a repository without a commit");
	run("cd a && git commit -q --allow-empty -m one");
	is_str(news(w), "initial", "its first commit");
	is_str(last_worktree, a, "in its working tree");
	run("cd a && git commit -q --allow-empty -m two && "
	    "git commit -q --amend --allow-empty -m three");
	is_str(news(w), "commit amend", "a commit, an amend");
	run("cd a && git checkout -q -b topic && echo x >f && git add f && "
	    "git commit -q -m f && git checkout -q main");
	is_str(news(w), "checkout commit checkout", "another branch");
	run("cd a && git merge -q --no-edit --no-ff topic >/dev/null && "
	    "git reset -q --hard HEAD~1 && git merge -q topic");
	is_str(news(w), "merge reset forward", "merges and a reset");
	run("cd a && git revert --no-edit HEAD >/dev/null && "
	    "git cherry-pick --allow-empty topic~1 >/dev/null 2>&1");
	is_str(news(w), "revert cherry-pick", "a revert, a cherry-pick");
	run("cd a && git format-patch -q -1 topic -o ../patches && "
	    "git am -q ../patches/*");
	is_str(news(w), "am", "a patch by mail");
	run("cd a && git status >/dev/null && git gc -q && git stash list");
	is_str(news(w), "", "nothing happens in status and gc");
}

static void
test_rebase(struct watch *w)
{
	run("cd a && git checkout -q -b long topic && for i in 1 2 3 4 5; do "
	    "echo $i >g$i && git add . && git commit -q -m g$i; done && "
	    "git checkout -q -b base topic && "
	    "git commit -q --allow-empty -m base && git checkout -q long");
	news(w);
	run("cd a && git rebase -q base");
	is_str(news(w), "rebase-finish:5", "a rebase is told once");
	run("cd a && git rebase -q --apply --onto topic base");
	is_str(news(w), "rebase-finish:5", "so is one by patches");
	run("cd a && GIT_SEQUENCE_EDITOR='sed -i 2,3s/pick/fixup/' "
	    "git rebase -q -i HEAD~4 2>/dev/null");
	ok(strstr(news(w), "rebase-finish:") == told.data, "folded: %s",
		told.data);
	run("cd a && git checkout -q --detach && git rebase -q --onto base HEAD~2");
	is_str(news(w), "checkout rebase-finish:2", "one of a detached HEAD");
	run("cd a && git commit -q --allow-empty -m behind");
	is_str(news(w), "commit", "is over then");
	run("cd a && git checkout -q main && git branch -q -D base");
	news(w);
}

static void
test_worktrees(struct watch *w)
{
	AUTO_FREE char *b = at("b");

	run("cd a && git worktree add -q ../b -b b 2>/dev/null");
	news(w);
	run("cd b && git commit -q --allow-empty -m b");
	is_str(news(w), "commit", "a worktree added later");
	is_str(last_worktree, b, "is told as itself");
	is_int(add(w, "b"), 0, "met by its path");
	is_int(watch_count(w), 1, "it is the same repository");
	run("cd a && git worktree remove -f ../b && git branch -q -D b");
	news(w);
	run("cd a && git worktree add -q ../b -b b 2>/dev/null");
	news(w);
	run("cd b && git commit -q --allow-empty -m again");
	is_str(news(w), "commit", "removed and added again");
	run("cd a && git worktree remove -f ../b");
	is_str(news(w), "", "removed for good");
}

static void
test_pushes(struct watch *w)
{
	run("git init -q --bare hub.git && cd a && "
	    "git remote add origin ../hub.git && git push -q origin main");
	is_str(news(w), "push", "a push");
	run("cd a && git push -q origin main:deep/down/there topic");
	is_str(news(w), "push push", "a push of two, one deep down");
	run("cd a && git push -q origin main && git fetch -q");
	is_str(news(w), "", "a push and a fetch of nothing");
	run("cd a && git commit -q --allow-empty -m p && "
	    "git push -q -f origin main:deep/down/there");
	is_str(news(w), "commit push", "a forced one");
	run("cd a/.git/logs/refs/remotes && ln -s . x && ln -s . y && cd %s/a "
	    "&& git push -q -f origin main~2:main", top);
	is_str(news(w), "push", "circles of symlinks are not walked");
}

static void
test_rewritten_log(struct watch *w)
{
	run("cd a && git reflog expire --expire=now --all");
	is_str(news(w), "", "an expired log tells nothing");
	run("cd a && git commit -q --allow-empty -m x");
	is_str(news(w), "commit", "and goes on");
	run("cd a && git commit -q --allow-empty -m y && "
	    "sed -i 1d .git/logs/HEAD && git commit -q --allow-empty -m z");
	is_str(news(w), "commit commit", "so does one edited by hand");
	run("cd a && GIT_COMMITTER_DATE='1971-01-01T00:00:00Z' "
	    "git commit -q --allow-empty -m old");
	is_str(news(w), "commit", "a clock of 1971 hides nothing");
	run("cd a && rm -r .git/logs");
	is_str(news(w), "", "all logs removed");
	run("cd a && git commit -q --allow-empty -m anew");
	is_str(news(w), "commit", "and made anew");
}

/* Whether `command`, run in `a`, is told as a change. */
static bool
changes_it(struct watch *w, const char *command)
{
	news(w);
	changes = 0;
	run("cd a && %s", command);
	news(w);
	return changes > 0;
}

static void
test_changed(void)
{
	struct watch *w = watch_new(&ops, NULL, 0);

	add(w, "a");
	ok(!changes_it(w, "git log >/dev/null"), "reading changes nothing");
	ok(changes_it(w, "echo x >new && git add new"), "the index does");
	ok(changes_it(w, "git reset -q --hard"), "so does a reset");
	run("cd a && git branch leaf");
	ok(changes_it(w, "git branch -q -D leaf"), "a branch deleted");
	watch_free(w);
	w = watch_new(&ops, NULL, 0);
	changes = 0;
	add(w, "a");
	is_int(changes, 0, "nothing happened in between");
	watch_free(w);
	run("cd a && git commit -q --allow-empty -m between");
	w = watch_new(&ops, NULL, 0);
	add(w, "a");
	ok(changes > 0, "a commit in between is told as a change");
	watch_free(w);
}

static void
test_down(void)
{
	struct watch *w = watch_new(&ops, NULL, 0);

	run("cd a && git commit -q --allow-empty -m down1 && "
	    "git commit -q --allow-empty -m down2");
	add(w, "a");
	is_str(told.data, "(commit) (commit)", "caught up after a pause");
	watch_free(w);
	run("cd a && git checkout -q --detach && "
	    "git commit -q --allow-empty -m r1 && "
	    "(GIT_EDITOR=false git rebase -q --root --exec false || true) "
	    "2>/dev/null");
	w = watch_new(&ops, NULL, 0);
	add(w, "a");
	watch_free(w);
	w = watch_new(&ops, NULL, 0);
	add(w, "a");
	is_int((long long)told.len, 0, "nothing is told twice");
	run("cd a && git rebase --abort && git checkout -q main");
	news(w);
	watch_free(w);
}

static void
test_bound(void)
{
	struct watch *w = watch_new(&ops, NULL, 2);

	run("for i in 1 2 3; do git init -q n$i && "
	    "git -C n$i commit -q --allow-empty -m 1; done");
	add(w, "n1");
	add(w, "n2");
	add(w, "n1");
	add(w, "n3");
	is_int(watch_count(w), 2, "not more than the bound");
	run("for i in 1 2 3; do git -C n$i commit -q --allow-empty -m 2; done");
	is_str(news(w), "commit commit", "the oldest fell out");
	add(w, "n2");
	is_str(told.data, "(commit)", "and comes back with what it missed");
	run("rm -rf n1 n2 n3");
	news(w);
	is_int(watch_count(w), 0, "removed repositories are forgotten");
	run("git init -q n3 && git -C n3 commit -q --allow-empty -m new");
	add(w, "n3");
	is_int(watch_count(w), 1, "another one in its place is met");
	run("mv n3 n4 && git -C n4 commit -q --allow-empty -m moved");
	news(w);
	add(w, "n4/x");
	ok(strstr(told.data, "(commit)") != NULL, "a moved one is caught up");
	watch_free(w);
}

static void
test_many(int n)
{
	struct watch *w = watch_new(&ops, NULL, 0);
	struct pollfd p = {.fd = watch_fd(w), .events = POLLIN};
	FILE *git;

	run("git init -q many");
	add(w, "many");
	events = 0;
	git = popen("cd many && i=0; while [ $i -lt $VESPER_WATCH_COMMITS ]; "
		    "do git commit -q --allow-empty -m $i; i=$((i+1)); done",
		"r");
	while (events < n && poll(&p, 1, 10000) > 0)
		watch_dispatch(w);
	is_int(pclose(git), 0, "git made %d commits", n);
	watch_dispatch(w);
	is_int(events, n, "%d commits, none missed, none doubled", n);
	watch_free(w);
}

static void
test_find(void)
{
	AUTO_REPO struct repo repo = {0};
	AUTO_FREE char *sub = at("super/sub/x"), *hub = at("hub.git/refs");
	AUTO_FREE char *modules = at("super/.git/modules/sub");
	AUTO_FREE char *work = at("super/sub"), *bare = at("hub.git");
	AUTO_FREE char *link = at("link/deep");

	run("git init -q super && cd super && git -c protocol.file.allow=always"
	    " submodule --quiet add ../a sub 2>/dev/null");
	is_int(repo_find(sub, &repo, NULL), 0, "a submodule");
	is_str(repo.common, modules, "has its own repository");
	is_str(repo.worktree, work, "and working tree");
	repo_clear(&repo);
	is_int(repo_find(hub, &repo, NULL), 0, "a bare repository, inside");
	is_str(repo.git_dir, bare, "is its directory");
	is_str(repo.worktree, NULL, "has no working tree");
	repo_clear(&repo);
	run("mkdir a/deep && ln -s a link");
	is_int(repo_find(link, &repo, NULL), 0, "through a symlink");
	ok(repo.worktree && strstr(repo.worktree, "/a"), "to its real place");
	repo_clear(&repo);
	run("mkdir -p odd/.git odd2 odd3 odd4 && echo 'gitdir: /dev/null' "
	    ">odd2/.git && mkfifo odd3/.git && "
	    "head -c 100000 /dev/zero >odd4/.git");
	for (int i = 0; i < 4; i++) {
		static const char *const odd[] = {"odd", "odd2", "odd3",
			"odd4"};
		AUTO_FREE char *path = at(odd[i]);

		is_int(repo_find(path, &repo, NULL), -ENOENT,
			"%s is no repository", odd[i]);
	}
	is_int(repo_find("relative", &repo, NULL), -EINVAL, "no relative path");
	if (geteuid() == 0) {
		run("git init -q theirs && chown 65534 theirs/.git");
		is_int(add(NULL, "theirs"), -EPERM,
			"another user's is left alone");
	}
}

int
main(void)
{
	const char *commits = getenv("VESPER_WATCH_COMMITS");
	struct watch *w;

	if (!commits)
		setenv("VESPER_WATCH_COMMITS", commits = "200", 1);
	if (!mkdtemp(top) || chdir(top) < 0)
		return 2;
	setenv("HOME", top, 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("GIT_DIR");
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	run("git config --global user.name Ada && "
	    "git config --global user.email ada@example.org && "
	    "git config --global init.defaultBranch main && "
	    "git config --global advice.detachedHead false && "
	    "git config --global gc.auto 0");
	w = watch_new(&ops, NULL, 0);
	test_kinds(w);
	test_rebase(w);
	test_worktrees(w);
	test_pushes(w);
	test_rewritten_log(w);
	watch_free(w);
	test_changed();
	test_down();
	test_bound();
	test_many(atoi(commits));
	test_find();
	run("cd / && rm -rf %s", top);
	for (size_t i = 0; i < nkept; i++) {
		free(kept[i].key);
		free(kept[i].mark);
	}
	free(last_worktree);
	free(last_oid);
	buf_free(&told);
	return tap_done();
}
