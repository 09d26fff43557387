/* SPDX-License-Identifier: MIT */
/*
 * Inside git.c and its neighbours: what a reflog told and is not recorded yet,
 * and what is remembered of a repository from one line to the next.
 */
#pragma once

#include "base/err.h"
#include "engine/engine.h"
#include "reflog/entry.h"

struct daemon;
struct watch;
struct repo;

/* Repositories met within this time are watched after a restart. */
#define KNOWN_DAYS 60

/* Something a reflog told; owns its strings. */
struct seen {
	struct seen *next;
	char *repository, *worktree, *log;
	char oid[REFLOG_OID_MAX + 1];
	enum reflog_kind kind;
	int64_t instant;
	int count;
	bool live;
	/* set when a hook rang for it */
	bool rung, human;
	bool guessed; /* no log says that it is a commit: an amend, perhaps */
	bool slipped;  /* is on the slip, slip.h */
	bool recalled; /* was on it */
	char *email, *reason; /* or NULL */
};

/* Who is taken to have done it, by whose word. */
struct word {
	bool human;
	const char *source; /* hook, watch */
	const char *email;  /* of the author, or NULL */
	const char *reason; /* VESPER_REASON, or NULL */
};

/* What a hook before it said: kept until the reflog shows it. */
struct pending {
	int64_t at; /* 0: nothing pending */
	bool human;
	char *reason; /* or NULL */
};

struct repo_state {
	char latest[REFLOG_OID_MAX + 1]; /* commit written down */
	enum engine_verdict verdict; /* of the latest commit */
	int64_t past;
	bool said;
	struct pending commit, push;
	int64_t met; /* when it was last written down as known */
};

struct git {
	struct daemon *d;
	struct watch *watch;
	unsigned source, pause, timer, idle, soon;
	int slip; /* a file, or -1 (slip.h) */
	struct seen *queue;   /* told by the watch, not looked at yet */
	struct seen *waiting; /* live ones that wait for a hook */
	struct seen *rung;    /* a hook told whose; to be recorded next */
	struct _GHashTable *states; /* common directory -> repo_state */
	struct _GHashTable *active; /* working tree -> instant, malloc'ed */
	struct _GHashTable *marks;  /* repository, newline, log -> mark */
	struct _GHashTable *whence; /* what a hook said -> repository */
};

void seen_free(struct seen *s);
void seen_clear(struct seen *s); /* frees its strings */

/* Takes s, as the last of the list. */
void seen_push(struct seen **list, struct seen *s);

/* Takes out of *list what was told of a working tree; in its order. */
struct seen *seen_take(struct seen **list, const char *worktree);

/* The instants of what was caught up, in the order of each log, whatever the
 * clocks of the committers said; then all in the order of their instants. */
void seen_settle(struct seen **list, int64_t now);

/* The repository of a hook that ran in cwd with the git directory dir, or NULL;
 * good until the next one is asked for. */
const struct repo *git_whence(struct git *g, const char *cwd, const char *dir);

/* Never NULL; lives as long as g. */
struct repo_state *git_state(struct git *g, const char *repository);

/* Whether an editor was active there, within `idle` before it. */
bool git_was_active(struct git *g, const struct seen *s);

/* Writes it down, once, whoever tells it. */
void git_record(struct git *g, const struct seen *s, const struct word *word);

/* Whether this is another commit than the latest that is written down. */
bool git_is_new_commit(struct git *g, const struct seen *s);

/* Whether the reason that was given for it is worth keeping. */
bool git_needs_reason(struct git *g, const struct seen *s);

/* Writes down what hooks rang for, after they have their answer: nothing is
 * lost by a kill in between (slip.h). */
void git_record_soon(struct git *g);
void git_record_rung(struct git *g);

/* A push, by the word of the hook before it, or the editor's. */
void git_record_push(struct git *g, const struct seen *s);

/* Whether the hook before a commit saw a person. */
bool git_pending_person(struct git *g, const struct seen *s);

/* What a hook said at an instant, in the place of what is pending; the reason
 * is copied. Nothing is pending after pending_clear(). */
void pending_set(struct pending *p, int64_t at, bool human, const char *reason);
void pending_clear(struct pending *p);

/* Adds the repository to the watch, remembers it, and queues what its logs
 * tell. 0, 1 when it is seen only in part, or -errno (watch_add()). */
int git_add(struct git *g, const struct repo *repo, int64_t since);

/* Records what need not wait for a hook. */
void git_take_queue(struct git *g);
