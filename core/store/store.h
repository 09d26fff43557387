/* SPDX-License-Identifier: MIT */
/*
 * What is remembered: events as the engine saw them, notices that were given,
 * days that closed, repositories and how far their reflogs were read.  Plain
 * records in, plain records out; strings are borrowed for the call.
 */
#pragma once

#include "base/err.h"

struct store;

struct store_event {
	int64_t id;	     /* set by store_append() */
	int64_t at;	     /* the instant the engine saw, seconds of UTC */
	const char *kind;    /* an engine event's name, or config, zone, set */
	const char *source;  /* who told: vim, hook, watch, vesper ... */
	const char *project; /* the repository's working tree, or "" */
	const char *oid;     /* of a commit, or "" */
	const char *data;    /* JSON: what else was said */
	const char *verdict; /* of a commit or push, or "" */
	int64_t past;	     /* seconds since the end, with verdict late */
	bool human;
};

struct store_notice {
	int64_t n; /* set by store_notice() */
	int64_t at;
	const char *notice;
	int level;
	const char *day;
	int64_t about;
};

struct store_day {
	const char *day; /* YYYY-MM-DD */
	int64_t ended; /* an instant */
	int64_t worked, longest; /* seconds */
};

/* Opens or creates the database at path (":memory:" keeps nothing). A file
 * that cannot be read as a database is set aside with a time stamp and said in
 * *aside (caller frees; NULL otherwise). Returns 0 or -errno: -EPROTO when the
 * file was written by a newer Vesper, which is left alone. */
int store_open(const char *path, struct store **out, char **aside,
	struct err *err);

/* The same for one that could not be opened a moment ago: waits a tenth of a
 * second for who holds it, not two. */
int store_open_again(const char *path, struct store **out, char **aside,
	struct err *err);

/* The same for a file that was found damaged while it was in use (and is
 * closed by now): it is set aside whatever it looks like. */
int store_renew(const char *path, struct store **out, char **aside,
	struct err *err);

/* NULL is fine; returns NULL. */
struct store *store_close(struct store *s);

/* Stores an event; it survives a kill when this returns 0, and with `durable`
 * a power cut too. -ENOSPC, -EROFS, -EBUSY (locked by somebody), -EBADMSG (the
 * file is damaged) or -EIO: nothing of it is stored. */
int store_append(struct store *s, struct store_event *event, bool durable,
	struct err *err);

/* What is stored from here on is there as a whole, surviving a kill (and a
 * power cut when `durable`), when store_commit() returns 0, and otherwise not
 * at all. One at a time. */
int store_begin(struct store *s, bool durable, struct err *err);
int store_commit(struct store *s, struct err *err);
int store_rollback(struct store *s);

/* Calls fn for every event with from <= at < to, in the order of storing
 * within one instant; only kinds that change rules or plans when `orders` is
 * true. fn returns 0 to go on. Returns fn's value, or -errno. */
int store_each(struct store *s, int64_t from, int64_t to, bool orders,
	int (*fn)(void *data, const struct store_event *event), void *data);

/* The newest event of a kind before an instant: 1 with fn called, 0 when there
 * is none, or -errno. */
int store_newest(struct store *s, const char *kind, int64_t before,
	int (*fn)(void *data, const struct store_event *event), void *data);

/* 1 when a commit with this object id is known, else 0. */
int store_knows_commit(struct store *s, const char *oid);

/* Remembers that a notice was given. 0 with notice->n, 1 when the same one
 * (instant, kind, subject) is there already, or -errno. */
int store_notice(struct store *s, struct store_notice *notice);

/* The newest notice: 1 with *out (its strings unset) and *name, which the
 * caller frees; 0 when there is none; or -errno. */
int store_last_notice(struct store *s, struct store_notice *out, char **name);

/* Calls fn with each notice of the instant of the newest one, in the order in
 * which they were given (day unset, strings borrowed). 0 or -errno. */
int store_newest_notices(struct store *s,
	void (*fn)(void *data, const struct store_notice *notice), void *data);

/* Keeps when a day turned and what was worked in it, in place of what was there
 * of it. 0 or -errno. */
int store_day(struct store *s, const struct store_day *day);

/* How many events lie in [from, to), and the newest id among them (0: none). */
int store_count(struct store *s, int64_t from, int64_t to, int64_t *n,
	int64_t *last);

/* The newest instant of any event or notice not after now, or INT64_MIN. */
int64_t store_alive(struct store *s, int64_t now);

/* Calls fn with source name and newest instant of each source of events. */
int store_sources(struct store *s,
	void (*fn)(void *data, const char *source, int64_t last), void *data);

/* Calls fn with each project whose last commits since an instant, at least
 * `least` of them, were told by the watch although a hook had told of one
 * before, and with how many they are. */
int store_hookless(struct store *s, int64_t since, int64_t least,
	void (*fn)(void *data, const char *project, int64_t commits),
	void *data);

/* Repositories, and how far each reflog was read. */
int store_repository(struct store *s, const char *path, int64_t at);
int store_repositories(struct store *s, int64_t since,
	void (*fn)(void *data, const char *path), void *data);
int store_mark(struct store *s, const char *repository, const char *log,
	const char *mark);
int store_unmark(struct store *s, const char *repository, const char *log);

/* The kept mark of a log, which the caller frees, or NULL. */
char *store_recall(struct store *s, const char *repository, const char *log);

/* A single value kept by name; NULL forgets it. store_meta() returns what the
 * caller frees, or NULL. */
int store_meta_set(struct store *s, const char *name, const char *value);
char *store_meta(struct store *s, const char *name);
