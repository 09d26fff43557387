/* SPDX-License-Identifier: MIT */
/*
 * One repository, read within one deadline.  The parts below fill in `row`;
 * what one of them cannot read it names there and leaves unknown.
 */
#pragma once

#include "digest/child.h"
#include "digest/commits.h"
#include "digest/place.h"
#include "digest/row.h"

struct git_repository;
struct git_odb;
struct git_config;

struct scan {
	const struct job *job;
	struct row *row;
	struct place place;
	int64_t deadline_ms; /* as given, for words */
	int64_t until_ns; /* CLOCK_MONOTONIC: what is not done then is named */
	struct strings mine;	/* e-mails, after mailmap too */
	struct strings filters; /* commands the repository itself configures */
	bool filters_known;
	/* the rest only when libgit2 reads it */
	struct git_repository *repo;
	struct git_odb *odb;
	struct git_config *config;
	struct ids shallow;
	struct commits *commits;
	struct refs *refs;
};

/* Everything about job's repository as one line of JSON. */
void scan_run(const struct job *job, int64_t deadline_ms, struct buf *out);

/* Prepares libgit2 for this program; once. */
void scan_init(void);

/* --- identity.c */

/* Fills scan->mine. 0 or an error named in the row. */
int identity_find(struct scan *scan);

/* --- log.c, gitlog.c: commits of mine into row->entries */

/* By libgit2. 0, or 1 when only git can say. */
int log_read(struct scan *scan);
void log_lines(struct scan *scan);

/* The same by git. */
void gitlog_read(struct scan *scan);
void gitlog_lines(struct scan *scan);

/* True when t lies in the day asked about. */
bool log_today(const struct job *job, int64_t t);

/* What a commit by these times and parents is; -1: nothing of the day. */
int log_kind(const struct job *job, int64_t authored, int64_t committed,
	bool merge);

/* Whether it bears on my day: mine, or (*kind is changed then) another's with
 * me as co-author. text is its message, or all of it. */
bool log_mine(struct scan *scan, const char *mail, const char *text, int *kind);

/* --- strays.c: commits of the day that nothing reaches, by libgit2 */
void strays_read(struct scan *scan);

/* --- unpushed.c, gitrefs.c */
void unpushed_read(struct scan *scan);
void gitrefs_read(struct scan *scan);

/* How many commits tip has that none of the others has, asked of git.
 * UNKNOWN when it cannot say. */
int64_t gitrefs_count(struct scan *scan, const char *tip,
	const char *const *hidden);

/* --- status.c: dirty, untracked */
void status_read(struct scan *scan);

/* --- open.c: what is open, by name */

/* Remembers the name in a record of status --porcelain=v2. */
void open_name(struct row *row, const char *record);

/* Whether a record names an editor's swap file. */
bool open_is_swap(const char *record);

/* Lines with TODO or FIXME that were added since job->since and are still in
 * the working tree. */
void open_todos(struct scan *scan);

/* --- stash.c: stashes, stashes_today */
void stash_read(struct scan *scan);

/* Runs git in the repository with what is left of its time: child_git() with
 * input, or with a child whose input, take and ctx are set. */
int scan_child(struct scan *scan, struct child *child, const char *const *args,
	struct buf *out, struct err *err);
int scan_git(struct scan *scan, const char *const *args,
	const struct buf *input, struct buf *out, struct err *err);
