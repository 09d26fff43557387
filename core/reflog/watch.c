/* SPDX-License-Identifier: MIT */
/*
 * The reflog is the record of what a person did, whichever program did it;
 * hooks only ring.  A directory is watched before it is read, so that nothing
 * falls between; what an event says is never trusted beyond "look there".
 */
#include "reflog/watch.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/reach.h"
#include "reflog/log.h"
#include "reflog/notify.h"
#include "reflog/place.h"
#include "reflog/repo.h"

#define DIRS_MAX 256  /* of one repository */
#define LOGS_MAX 2048 /* of one repository */

struct dir {
	char *name; /* below the common directory, "" itself */
	int id;
};

struct log {
	char *name;
	char *worktree; /* or NULL */
	struct reflog_mark mark;
	bool waiting; /* to be read */
};

struct repository {
	char *common;
	struct dir *dirs;
	struct log *logs;
	int ndirs, nlogs;
	uint64_t used;
	bool partial, gone, lost;
};

struct watch {
	const struct watch_ops *ops;
	void *data;
	struct notify *notify; /* or NULL */
	struct repository **list;
	int n, most;
	uint64_t clock; /* counts uses */
};

/* --- one repository ------------------------------------------------------- */

static void
log_clear(struct log *log)
{
	free(log->name);
	free(log->worktree);
}

static bool
id_in_use(const struct watch *w, int id)
{
	for (int i = 0; i < w->n; i++)
		for (int k = 0; k < w->list[i]->ndirs; k++)
			if (w->list[i]->dirs[k].id == id)
				return true;
	return false;
}

/* r is not in the list any more. */
static void
repository_free(struct watch *w, struct repository *r)
{
	for (int i = 0; i < r->ndirs; i++) {
		if (r->dirs[i].id >= 0 && !id_in_use(w, r->dirs[i].id))
			notify_remove(w->notify, r->dirs[i].id);
		free(r->dirs[i].name);
	}
	for (int i = 0; i < r->nlogs; i++)
		log_clear(&r->logs[i]);
	free(r->dirs);
	free(r->logs);
	free(r->common);
	free(r);
}

static void
forget(struct watch *w, int i)
{
	struct repository *r = w->list[i];

	w->n--;
	memmove(w->list + i, w->list + i + 1,
		(size_t)(w->n - i) * sizeof *w->list);
	repository_free(w, r);
}

static char *
path_of(const struct repository *r, const char *name)
{
	return xasprintf("%s%s%s", r->common, *name ? "/" : "", name);
}

static struct log *
find_log(const struct repository *r, const char *name)
{
	for (int i = 0; i < r->nlogs; i++)
		if (streq(r->logs[i].name, name))
			return &r->logs[i];
	return NULL;
}

static void
tell_changed(struct watch *w, const struct repository *r)
{
	if (w->ops->changed)
		w->ops->changed(w->data, r->common);
}

struct telling {
	struct watch *w;
	struct repository *r;
	struct log *log;
	bool live;
};

static void
tell(void *data, const struct reflog_entry *entry)
{
	struct telling *t = data;
	struct watch_event ev = {
		.repository = t->r->common,
		.worktree = t->log->worktree,
		.log = t->log->name,
		.entry = entry,
		.live = t->live,
	};

	if (reflog_fold(&t->log->mark, entry, &ev.count))
		t->w->ops->event(t->w->data, &ev);
}

/* Tells what is new in a log. 0 or -errno. */
static int
read_log(struct watch *w, struct repository *r, struct log *log, int64_t since,
	bool live)
{
	AUTO_FREE char *path = path_of(r, log->name);
	struct telling t = {w, r, log, live};
	struct reflog_mark before = log->mark;
	char text[REFLOG_MARK_TEXT];
	int result = reflog_read(path, &log->mark, since, tell, &t);

	log->waiting = false;
	/* of a detached HEAD: its log does not tell the end */
	if (log->mark.steps && !repo_is_rebasing(r->common, log->name))
		tell(&t, &(struct reflog_entry){.kind = REFLOG_REBASE_FINISH,
			.instant = log->mark.instant});
	if (before.offset == log->mark.offset &&
		before.inode == log->mark.inode &&
		before.steps == log->mark.steps)
		return result;
	r->used = ++w->clock;
	tell_changed(w, r);
	reflog_mark_format(&log->mark, text);
	if (w->ops->keep)
		w->ops->keep(w->data, r->common, log->name, text);
	return result;
}

static void
add_log(struct watch *w, struct repository *r, const char *name)
{
	struct log *log = find_log(r, name);

	if (!log && r->nlogs < LOGS_MAX) {
		AUTO_FREE char *mark = NULL;

		r->logs = xrealloc(r->logs,
			(size_t)(r->nlogs + 1) * sizeof *r->logs);
		log = &r->logs[r->nlogs++];
		memset(log, 0, sizeof *log);
		log->name = xstrdup(name);
		log->worktree = repo_log_worktree(r->common, name);
		if (w->ops->recall)
			mark = w->ops->recall(w->data, r->common, name);
		if (mark && !reflog_mark_parse(mark, &log->mark))
			log->mark.inode = 0; /* not ours: as if never read */
	}
	if (log)
		log->waiting = true;
}

/* Watches the directory; asking again is cheap and notices that another one
 * has its name now. False: there is none, or there are too many. */
static bool
add_dir(struct watch *w, struct repository *r, const char *name, bool content)
{
	AUTO_FREE char *path = path_of(r, name);
	int i = 0, id = -ENOSPC;

	while (i < r->ndirs && !streq(r->dirs[i].name, name))
		i++;
	if (i == DIRS_MAX) {
		r->partial = true;
		return false;
	}
	if (w->notify)
		id = notify_add(w->notify, path, content);
	if (id == -ENOENT || id == -ENOTDIR)
		return false;
	if (i == r->ndirs) {
		r->dirs = xrealloc(r->dirs,
			(size_t)(r->ndirs + 1) * sizeof *r->dirs);
		r->dirs[r->ndirs++].name = xstrdup(name);
	}
	r->dirs[i].id = id;
	r->partial |= id < 0;
	return true;
}

/* Takes in what `name` is, and everything below it. */
static void
visit(struct watch *w, struct repository *r, const char *name)
{
	AUTO_FREE char *path = path_of(r, name);
	bool content;
	enum place place = place_of(name, &content);
	struct stat st;
	struct dirent *entry;
	DIR *dir;

	if (place == PLACE_NONE)
		return;
	/* symlinks are old custom above, and could only be circles below */
	if ((place == PLACE_EITHER ? lstat : stat)(path, &st) < 0)
		return;
	if (S_ISREG(st.st_mode) && place != PLACE_DIR)
		add_log(w, r, name);
	if (!S_ISDIR(st.st_mode) || place == PLACE_LOG ||
		!add_dir(w, r, name, content) || !(dir = opendir(path)))
		return;
	while ((entry = readdir(dir))) {
		AUTO_FREE char *child = xasprintf("%s%s%s", name,
			*name ? "/" : "", entry->d_name);

		if (!streq(entry->d_name, ".") && !streq(entry->d_name, ".."))
			visit(w, r, child);
	}
	closedir(dir);
}

static bool
is_head(const struct log *log)
{
	return streq(log->name, "logs/HEAD") || *log->name == 'w';
}

/* Reads what waits: HEAD's first, as a commit comes before its push. Drops
 * logs that are no more. */
static void
read_waiting(struct watch *w, struct repository *r, int64_t since, bool live)
{
	bool some = false;

	for (int i = 0; i < r->nlogs; i++)
		some |= r->logs[i].waiting;
	if (!some || !reach_answers(r->common))
		return;
	for (int heads = 1; heads >= 0; heads--)
		for (int i = 0; i < r->nlogs;) {
			struct log *log = &r->logs[i];

			if (!log->waiting || is_head(log) != heads ||
				read_log(w, r, log, since, live) != -ENOENT) {
				i++;
				continue;
			}
			log_clear(log);
			*log = r->logs[--r->nlogs];
			r->gone |= access(r->common, F_OK) < 0;
		}
}

/* --- all of them ---------------------------------------------------------- */

struct watch *
watch_new(const struct watch_ops *ops, void *data, int most)
{
	struct watch *w = xcalloc(1, sizeof *w);

	w->ops = ops;
	w->data = data;
	w->most = most > 0 ? most : WATCH_REPOSITORIES;
	w->list = xcalloc((size_t)w->most + 1, sizeof *w->list);
	if (notify_new(&w->notify) < 0)
		w->notify = NULL;
	return w;
}

void
watch_free(struct watch *w)
{
	if (!w)
		return;
	while (w->n)
		forget(w, w->n - 1);
	notify_free(w->notify);
	free(w->list);
	free(w);
}

int
watch_fd(const struct watch *w)
{
	return w->notify ? notify_fd(w->notify) : -1;
}

int
watch_count(const struct watch *w)
{
	return w->n;
}

int
watch_lost(const struct watch *w)
{
	int n = 0;

	for (int i = 0; i < w->n; i++)
		n += w->list[i]->partial && !w->list[i]->gone;
	return n;
}

const char *
watch_repository(const struct watch *w, int i)
{
	return w->list[i]->common;
}

static struct repository *
find_repository(const struct watch *w, const char *common)
{
	for (int i = 0; i < w->n; i++)
		if (streq(w->list[i]->common, common))
			return w->list[i];
	return NULL;
}

bool
watch_sees(const struct watch *w, const char *common)
{
	const struct repository *r = find_repository(w, common);

	return w->notify && r && !r->partial && !r->lost && !r->gone;
}

/* Makes room for one more. */
static void
forget_oldest(struct watch *w)
{
	int oldest = 0;

	for (int i = 1; i < w->n; i++)
		if (w->list[i]->used < w->list[oldest]->used)
			oldest = i;
	forget(w, oldest);
}

static void
forget_gone(struct watch *w)
{
	for (int i = w->n - 1; i >= 0; i--)
		if (w->list[i]->gone)
			forget(w, i);
}

/* Looks at everything in r anew. */
static void
look(struct watch *w, struct repository *r)
{
	if (!reach_answers(r->common))
		return; /* another time: it stays as it is */
	r->lost = r->partial = false;
	visit(w, r, "");
	for (int i = 0; i < r->nlogs; i++)
		r->logs[i].waiting = true;
	read_waiting(w, r, INT64_MIN, true);
	r->gone |= access(r->common, F_OK) < 0;
}

/* The one the repository itself does not tell: where path was met. */
static void
main_worktree(struct repository *r, const struct repo *repo)
{
	struct log *log = find_log(r, "logs/HEAD");

	if (log && !log->worktree && repo->worktree &&
		streq(repo->common, repo->git_dir))
		log->worktree = xstrdup(repo->worktree);
}

static struct repository *
add_repository(struct watch *w, const struct repo *repo)
{
	struct repository *r = xcalloc(1, sizeof *r);

	if (w->n == w->most)
		forget_oldest(w);
	r->common = xstrdup(repo->common);
	w->list[w->n++] = r;
	visit(w, r, "");
	return r;
}

int
watch_add_repo(struct watch *w, const struct repo *repo, int64_t since,
	struct err *err)
{
	AUTO_FREE char *reftable = xasprintf("%s/reftable", repo->common);
	struct repository *r;
	int result;

	if (!reach_answers(repo->common))
		return err_set(err, -ETIMEDOUT, "%s does not answer",
			repo->common);
	if (access(reftable, F_OK) == 0)
		return err_set(err, -ENOTSUP,
			"%s keeps its reflogs in a reftable", repo->common);
	/* what git wrote before it rang is in the queue by now */
	watch_dispatch(w);
	r = find_repository(w, repo->common);
	if (!r) {
		r = add_repository(w, repo);
		main_worktree(r, repo);
		read_waiting(w, r, since, false);
	} else {
		main_worktree(r, repo);
		if (r->partial)
			look(w, r);
	}
	r->used = ++w->clock;
	result = r->partial;
	forget_gone(w);
	return result;
}

int
watch_add(struct watch *w, const char *path, int64_t since, struct err *err)
{
	AUTO_REPO struct repo repo = {0};
	int result = repo_find(path, &repo, err);

	return result < 0 ? result : watch_add_repo(w, &repo, since, err);
}

void
watch_look(struct watch *w)
{
	for (int i = 0; i < w->n; i++)
		look(w, w->list[i]);
	forget_gone(w);
}

/* --- events --------------------------------------------------------------- */

/* Without the directory, its logs are read once more, and dropped if gone. */
static void
dir_gone(struct watch *w, struct repository *r, int i)
{
	size_t n = strlen(r->dirs[i].name);

	tell_changed(w, r);
	r->gone |= n == 0;
	for (int k = 0; k < r->nlogs; k++)
		if (strncmp(r->logs[k].name, r->dirs[i].name, n) == 0)
			r->logs[k].waiting = true;
	free(r->dirs[i].name);
	r->dirs[i] = r->dirs[--r->ndirs];
}

static void
dir_changed(struct watch *w, struct repository *r, int i, const char *name)
{
	const char *dir = r->dirs[i].name;
	AUTO_FREE char *child = xasprintf("%s%s%s", dir, *dir ? "/" : "", name);
	struct log *log = find_log(r, child);

	tell_changed(w, r);
	if (log)
		log->waiting = true;
	else
		visit(w, r, child);
	for (int k = 0; k < r->nlogs; k++)
		r->logs[k].waiting |= r->logs[k].mark.steps > 0;
}

static void
on_notify(void *data, enum notify_what what, int id, const char *name)
{
	struct watch *w = data;

	for (int i = 0; i < w->n; i++) {
		struct repository *r = w->list[i];

		r->lost |= what == NOTIFY_LOST;
		/* backwards: a directory may be taken out, others come */
		for (int k = r->ndirs - 1; k >= 0; k--) {
			if (k >= r->ndirs || r->dirs[k].id != id)
				continue;
			if (what == NOTIFY_GONE)
				dir_gone(w, r, k);
			else if (what == NOTIFY_CHANGED)
				dir_changed(w, r, k, name);
		}
	}
}

int
watch_dispatch(struct watch *w)
{
	int result = w->notify ? notify_read(w->notify, on_notify, w) : 0;

	for (int i = 0; i < w->n; i++) {
		struct repository *r = w->list[i];

		if (r->lost)
			tell_changed(w, r);
		if (r->lost)
			look(w, r);
		else
			read_waiting(w, r, INT64_MIN, true);
	}
	forget_gone(w);
	return result;
}
