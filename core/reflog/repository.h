/* SPDX-License-Identifier: MIT */
/*
 * One repository of a watch: which of its directories are watched, which logs
 * it has, and where reading them stands.  Only the watch itself uses this.
 */
#pragma once

#include "reflog/log.h"
#include "reflog/notify.h"
#include "reflog/watch.h"

/* What all repositories of a watch share. */
struct watching {
	const struct watch_ops *ops;
	void *data;
	struct notify *notify; /* or NULL: nothing is told unless looked at */
	uint64_t clock;	       /* counts uses */
};

struct repository {
	char *common;
	struct watched_dir *dirs;
	struct watched_log *logs;
	int ndirs, nlogs;
	uint64_t used; /* the clock at its last news or call */
	bool partial;  /* not everything could be watched */
	bool lost;     /* events of it were lost: look at everything */
	bool gone;     /* it is no more */
};

/* Knows nothing yet; for repository_free(), which leaves alone what notify
 * watches. */
struct repository *repository_new(const char *common);
void repository_free(struct repository *r);

/* Takes in what `name` is, below the common directory ("" itself), and
 * everything below it; its logs then wait to be read. */
void repository_visit(struct watching *w, struct repository *r,
	const char *name);

/* Tells what is new in the logs that wait (as watch_add() has it for `since`;
 * live as in struct watch_event), and drops those that are no more. */
void repository_read(struct watching *w, struct repository *r, int64_t since,
	bool live);

/* Takes in and reads everything anew. A repository that does not answer (a
 * mount) stays as it is. */
void repository_look(struct watching *w, struct repository *r);

/* Keeps the working tree that the repository itself does not tell, its main
 * one: where it was met. */
void repository_worktree(struct repository *r, const struct repo *repo);

/* What notify says, if it is about a directory of this repository. */
void repository_told(struct watching *w, struct repository *r,
	enum notify_what what, int id, const char *name);

/* Tells the watch's owner that something in it is not as it was. */
void repository_changed(const struct watching *w, const struct repository *r);

/* Whether one of its directories has this number of notify's. */
bool repository_has(const struct repository *r, int id);

/* Calls fn for the number of each of its directories that is watched. */
void repository_each_id(const struct repository *r,
	void (*fn)(void *data, int id), void *data);
