/* SPDX-License-Identifier: MIT */
/*
 * What happens in known repositories, from their reflogs: HEAD's of every
 * working tree, and the remotes' (pushes).  Nothing is installed in them and
 * nothing is written; git never waits for us.
 *
 * The owner of the watch polls watch_fd() and calls watch_dispatch(); all
 * functions of `struct watch_ops` are called from inside watch_add(),
 * watch_look() and watch_dispatch(), and must not call back into the watch.
 * The same commit is told once by one log, but a branch that moves between
 * working trees, or a log that was rewritten, may tell it again: the new
 * object name says so.
 */
#pragma once

#include "base/err.h"
#include "reflog/entry.h"

struct repo;
struct watch;

struct watch_event {
	const char *repository; /* its common directory: the key */
	const char *worktree;	/* the top of the working tree, or NULL */
	const char *log;	/* which, below repository: "logs/HEAD" */
	const struct reflog_entry *entry;
	int count; /* commits it stands for: n of a rebase's end, else 1 */
	bool live; /* just now; else caught up: the entry's instant counts */
};

/* Borrowed as long as the watch lives; every pointer given is valid during
 * the call only. A rebase is told once, at its end (REFLOG_REBASE_FINISH; its
 * steps are not told), all else line by line. */
struct watch_ops {
	void (*event)(void *data, const struct watch_event *event);

	/* Where reading of a log stands, to be kept, one short line of text;
	 * after the events it covers. May be NULL. */
	void (*keep)(void *data, const char *repository, const char *log,
		const char *mark);

	/* What was kept, malloc'ed and freed by the watch, or NULL. May be
	 * NULL. */
	char *(*recall)(void *data, const char *repository, const char *log);

	/* Something in it is not as it was, as far as its git directory shows:
	 * a log went on, a file of git's came. Before events. May be NULL. */
	void (*changed)(void *data, const char *repository);
};

/* The number of repositories that are watched at once unless told. */
#define WATCH_REPOSITORIES 64

/* most = 0: WATCH_REPOSITORIES. Where the system cannot watch, or has no
 * inotify instance left, the watch works all the same, but only sees what
 * watch_add() and watch_look() make it look at. Never NULL. */
struct watch *watch_new(const struct watch_ops *ops, void *data, int most);
void watch_free(struct watch *w);

/* The descriptor to poll for reading, or -1. */
int watch_fd(const struct watch *w);

/* Tells what happened. 0 or -errno; it may be called at any time. */
int watch_dispatch(struct watch *w);

/*
 * Makes the repository around path known (see repo_find() for path and the
 * errors) and tells what its logs hold behind the kept marks; from a log
 * without one, what is not older than the instant `since`. A known repository
 * is looked at right now, its events are live: the doorbell that a hook rings.
 * Beyond the bound, the repository longest without news or call falls out.
 * Returns 0, or 1: known, but only in part or not at all watched (no watches
 * left, or more than 256 directories); it is looked at when this is called.
 * -ENOTSUP: the repository keeps no reflog files (reftable).
 */
int watch_add(struct watch *w, const char *path, int64_t since,
	struct err *err);

/* The same for one that repo_find() has found. */
int watch_add_repo(struct watch *w, const struct repo *repo, int64_t since,
	struct err *err);

/* Looks at all known repositories, as after a suspend. */
void watch_look(struct watch *w);

/* Whether everything that happens in the repository with this common directory
 * is told from now on, without being asked to look. */
bool watch_sees(const struct watch *w, const char *common);

/* How many repositories are known; and the i-th's common directory, borrowed
 * until the next call. */
int watch_count(const struct watch *w);

/* How many of them are not watched, or only in part. */
int watch_lost(const struct watch *w);
const char *watch_repository(const struct watch *w, int i);
