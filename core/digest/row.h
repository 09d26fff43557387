/* SPDX-License-Identifier: MIT */
/* What was found out about one repository. */
#pragma once

#include "base/buf.h"
#include "digest/job.h"

#define UNKNOWN (-1) /* never 0: "not readable" is an answer of its own */
#define OID_TEXT 65  /* the longest object name as text, with its NUL */

enum entry_kind {
	ENTRY_COMMIT,
	ENTRY_MERGE,
	ENTRY_REWRITTEN,
	ENTRY_SHARED /* another's, that names me as co-author */
};

/* One commit of mine that bears on the day. */
struct entry {
	char oid[OID_TEXT];
	enum entry_kind kind;
	int64_t authored, committed; /* seconds of UTC */
	char *email;		     /* after mailmap */
	char *subject;		     /* plain UTF-8, one line */
	int64_t insertions;	     /* UNKNOWN, or a number */
	int64_t deletions;
	bool ask_git; /* only git can count its lines */
};

/* A branch with commits that no remote has as far as is known here. */
struct unpushed {
	char *branch;
	char *upstream; /* "origin/main"; NULL: never pushed */
	bool gone;	/* the upstream does not exist any more */
	int64_t commits;
};

/* A line with TODO or FIXME, where it is now. */
struct todo {
	char *file, *text;
	int64_t line;
};

struct row {
	char *common, *top; /* top NULL: bare */
	struct entry *entries;
	size_t n_entries;
	struct strings squashed; /* commits that others say to hold */
	int64_t strays; /* commits of the day that nothing reaches any more */
	bool log_read; /* entries is all there is */
	struct unpushed *unpushed;
	size_t n_unpushed;
	bool refs_read; /* unpushed and remotes are known */
	int64_t remotes; /* how many remotes are configured */
	int64_t stashes, stashes_today;
	int64_t dirty, untracked;
	struct strings files; /* names of what is dirty or untracked */
	struct strings unknown; /* of them, those git does not know yet */
	struct todo *todos;   /* lines added that day, if asked */
	size_t n_todos;
	const char *state; /* NULL: unknown; "": nothing in progress */
	struct buf unread; /* what could not be read, and why */
};

/* A new entry, all zero but the lines, valid until the next one. */
struct entry *row_add_entry(struct row *row);

/* An entry dropped again: the last one added. */
void row_drop_entry(struct row *row);

/* True when nobody needs to count the lines of e: the asker knows them (then
 * they are set) or counts it elsewhere. */
bool row_take_lines(struct entry *e, const struct job *job);

/* A new one, all zero, whose strings the row owns; valid until the next one. */
struct unpushed *row_add_unpushed(struct row *row);
struct todo *row_add_todo(struct row *row);

/* Adds one reason to unread, unless it is there already; what may be NULL. */
void row_unread(struct row *row, const char *what, const char *why);

/* By author time; of commits with equal author, author time and subject only
 * the one committed first stays. */
void row_settle(struct row *row);

/* One line of JSON for the parent process. */
void row_write(const struct row *row, const struct job *job, struct buf *out);

/* Nothing was found out yet. row_free() frees what the row owns. */
void row_init(struct row *row);
void row_free(struct row *row);
