/* SPDX-License-Identifier: MIT */
/*
 * A directory is watched before it is read, so that nothing falls between;
 * what an event says is never trusted beyond "look there".
 */
#include "reflog/repository.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/reach.h"
#include "reflog/place.h"
#include "reflog/repo.h"

#define DIRS_MAX 256  /* of one repository */
#define LOGS_MAX 2048 /* of one repository */

struct watched_dir {
	char *name; /* below the common directory, "" itself */
	int id;
};

struct watched_log {
	char *name;
	char *worktree; /* or NULL */
	struct reflog_mark mark;
	bool waiting; /* to be read */
};

struct repository *
repository_new(const char *common)
{
	struct repository *r = xcalloc(1, sizeof *r);

	r->common = xstrdup(common);
	return r;
}

static void
log_clear(struct watched_log *log)
{
	free(log->name);
	free(log->worktree);
}

void
repository_free(struct repository *r)
{
	for (int i = 0; i < r->ndirs; i++)
		free(r->dirs[i].name);
	for (int i = 0; i < r->nlogs; i++)
		log_clear(&r->logs[i]);
	free(r->dirs);
	free(r->logs);
	free(r->common);
	free(r);
}

static char *
path_of(const struct repository *r, const char *name)
{
	return xasprintf("%s%s%s", r->common, *name ? "/" : "", name);
}

static struct watched_log *
find_log(const struct repository *r, const char *name)
{
	for (int i = 0; i < r->nlogs; i++)
		if (streq(r->logs[i].name, name))
			return &r->logs[i];
	return NULL;
}

void
repository_changed(const struct watching *w, const struct repository *r)
{
	if (w->ops->changed)
		w->ops->changed(w->data, r->common);
}

struct telling {
	struct watching *w;
	struct repository *r;
	struct watched_log *log;
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
read_log(struct watching *w, struct repository *r, struct watched_log *log,
	int64_t since, bool live)
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
	repository_changed(w, r);
	reflog_mark_format(&log->mark, text);
	if (w->ops->keep)
		w->ops->keep(w->data, r->common, log->name, text);
	return result;
}

static void
add_log(struct watching *w, struct repository *r, const char *name)
{
	struct watched_log *log = find_log(r, name);

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
add_dir(struct watching *w, struct repository *r, const char *name,
	bool content)
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
void
repository_visit(struct watching *w, struct repository *r, const char *name)
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
	if ((place == PLACE_EITHER ? lstat(path, &st) : stat(path, &st)) < 0)
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
			repository_visit(w, r, child);
	}
	closedir(dir);
}

static bool
is_head(const struct watched_log *log)
{
	return streq(log->name, "logs/HEAD") || *log->name == 'w';
}

/* Reads what waits: HEAD's first, as a commit comes before its push. Drops
 * logs that are no more. */
void
repository_read(struct watching *w, struct repository *r, int64_t since,
	bool live)
{
	bool some = false;

	for (int i = 0; i < r->nlogs; i++)
		some |= r->logs[i].waiting;
	if (!some || !reach_answers(r->common))
		return;
	for (int heads = 1; heads >= 0; heads--)
		for (int i = 0; i < r->nlogs;) {
			struct watched_log *log = &r->logs[i];

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

/* Looks at everything in r anew. */
void
repository_look(struct watching *w, struct repository *r)
{
	if (!reach_answers(r->common))
		return; /* another time: it stays as it is */
	r->lost = r->partial = false;
	repository_visit(w, r, "");
	for (int i = 0; i < r->nlogs; i++)
		r->logs[i].waiting = true;
	repository_read(w, r, INT64_MIN, true);
	r->gone |= access(r->common, F_OK) < 0;
}

/* The one the repository itself does not tell: where path was met. */
void
repository_worktree(struct repository *r, const struct repo *repo)
{
	struct watched_log *log = find_log(r, "logs/HEAD");

	if (log && !log->worktree && repo->worktree &&
		streq(repo->common, repo->git_dir))
		log->worktree = xstrdup(repo->worktree);
}

/* Without the directory, its logs are read once more, and dropped if gone. */
static void
dir_gone(struct watching *w, struct repository *r, int i)
{
	size_t n = strlen(r->dirs[i].name);

	repository_changed(w, r);
	r->gone |= n == 0;
	for (int k = 0; k < r->nlogs; k++)
		if (strncmp(r->logs[k].name, r->dirs[i].name, n) == 0)
			r->logs[k].waiting = true;
	free(r->dirs[i].name);
	r->dirs[i] = r->dirs[--r->ndirs];
}

static void
dir_changed(struct watching *w, struct repository *r, int i, const char *name)
{
	const char *dir = r->dirs[i].name;
	AUTO_FREE char *child = xasprintf("%s%s%s", dir, *dir ? "/" : "", name);
	struct watched_log *log = find_log(r, child);

	repository_changed(w, r);
	if (log)
		log->waiting = true;
	else
		repository_visit(w, r, child);
	for (int k = 0; k < r->nlogs; k++)
		r->logs[k].waiting |= r->logs[k].mark.steps > 0;
}

void
repository_told(struct watching *w, struct repository *r, enum notify_what what,
	int id, const char *name)
{
	r->lost |= what == NOTIFY_LOST;
	/* backwards: a directory may be taken out, others come */
	for (int i = r->ndirs - 1; i >= 0; i--) {
		if (i >= r->ndirs || r->dirs[i].id != id)
			continue;
		if (what == NOTIFY_GONE)
			dir_gone(w, r, i);
		else if (what == NOTIFY_CHANGED)
			dir_changed(w, r, i, name);
	}
}

bool
repository_has(const struct repository *r, int id)
{
	for (int i = 0; i < r->ndirs; i++)
		if (r->dirs[i].id == id)
			return true;
	return false;
}

void
repository_each_id(const struct repository *r, void (*fn)(void *data, int id),
	void *data)
{
	for (int i = 0; i < r->ndirs; i++)
		if (r->dirs[i].id >= 0)
			fn(data, r->dirs[i].id);
}
