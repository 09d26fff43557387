/* SPDX-License-Identifier: MIT */
/*
 * SQLite in WAL mode: an event that was acknowledged survives kill -9 with
 * synchronous=NORMAL, a power cut with FULL, which only rare and precious
 * events pay for (SQLite syncs the directory with a new log's first sync).
 */
#include "store/store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "store/internal.h"
#include "store/open.h"
#include "store/query.h"
#include "store/schema.h"

static int
wrap(const char *path, enum open_how how, struct store **out, char **aside,
	struct err *err)
{
	sqlite3 *db = NULL;
	int r = open_database(path, how, &db, aside, err);

	if (r < 0)
		return r;
	*out = xcalloc(1, sizeof **out);
	(*out)->db = db;
	checkpoint_by(db, &(*out)->checkpoint);
	return 0;
}

int
store_open(const char *path, struct store **out, char **aside,
	struct err *err)
{
	return wrap(path, OPEN_FIRST, out, aside, err);
}

int
store_open_again(const char *path, struct store **out, char **aside,
	struct err *err)
{
	return wrap(path, OPEN_AGAIN, out, aside, err);
}

int
store_renew(const char *path, struct store **out, char **aside,
	struct err *err)
{
	return wrap(path, OPEN_DAMAGED, out, aside, err);
}

struct store *
store_close(struct store *s)
{
	if (!s)
		return NULL;
	sqlite3_finalize(s->kept.append);
	sqlite3_finalize(s->kept.source);
	sqlite3_finalize(s->kept.knows);
	sqlite3_close(s->db);
	free(s);
	return NULL;
}

/* --- one event ------------------------------------------------------------------ */

static int
insert_event(struct store *s, struct store_event *event, struct err *err)
{
	bool told = event->data && *event->data;
	AUTO_QUERY struct query q = query_kept(s, &s->kept.append,
		"INSERT INTO events (at, kind, source, project, oid, data,"
		" human, verdict, past) VALUES (?,?,?,?,?,?,?,?,?)",
		WITH(INT(event->at), TEXT(event->kind), TEXT(event->source),
			TEXT(event->project), TEXT(event->oid),
			TEXT(told ? event->data : "{}"), INT(event->human),
			TEXT(event->verdict), INT(event->past)));
	int r;

	query_row(&q);
	r = query_end(&q, err);
	if (r == 0)
		event->id = sqlite3_last_insert_rowid(s->db);
	return r;
}

static int
touch_source(struct store *s, const struct store_event *event,
	struct err *err)
{
	AUTO_QUERY struct query q = query_kept(s, &s->kept.source,
		"INSERT INTO sources (source, last) VALUES (?1, ?2)"
		" ON CONFLICT (source) DO UPDATE SET last = ?2 WHERE last < ?2",
		WITH(TEXT(event->source), INT(event->at)));

	if (!event->source || !*event->source)
		return 0;
	query_row(&q);
	return query_end(&q, err);
}

/* Both rows, or neither: in a transaction of its own unless in a batch. */
static int
append_both(struct store *s, struct store_event *event, struct err *err)
{
	int r = s->batch ? 0 : query_all(s, "BEGIN IMMEDIATE", err);

	if (r == 0)
		r = insert_event(s, event, err);
	if (r == 0)
		r = touch_source(s, event, err);
	if (!s->batch && r == 0)
		r = query_all(s, "COMMIT", err);
	if (!s->batch && r < 0 && !sqlite3_get_autocommit(s->db))
		query_all(s, "ROLLBACK", NULL);
	return r;
}

static int
durably(struct store *s, bool durable)
{
	return query_all(s,
		durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL",
		NULL);
}

/* Where only the sync failed, the log has all of it: a recovery would find what
 * was refused. Any other write there takes its place. */
static void
overwrite_refused(struct store *s)
{
	AUTO_FREE char *text = xasprintf("PRAGMA user_version=%d",
		SCHEMA_VERSION);

	query_all(s, text, NULL);
}

int
store_append(struct store *s, struct store_event *event, bool durable,
	struct err *err)
{
	bool alone = durable && !s->batch;
	int r;

	/* SQLite itself has given the batch up; what comes now is not to
	 * stand there alone. */
	if (s->batch && sqlite3_get_autocommit(s->db))
		return err_set(err, -EIO, "the history cannot be written");
	if (alone)
		durably(s, true);
	r = append_both(s, event, err);
	s->spoilt |= r < 0;
	if (alone)
		durably(s, false);
	if (alone && r < 0)
		overwrite_refused(s);
	return r;
}

/* --- many ------------------------------------------------------------------------- */

int
store_begin(struct store *s, bool durable, struct err *err)
{
	int r;

	if (s->batch)
		return err_set(err, -EALREADY, "a batch is under way");
	if (durable)
		durably(s, true);
	r = query_all(s, "BEGIN IMMEDIATE", err);
	if (r < 0) {
		durably(s, false);
		return r;
	}
	s->batch = true;
	s->spoilt = false;
	return 0;
}

int
store_commit(struct store *s, struct err *err)
{
	bool whole = !s->spoilt && !sqlite3_get_autocommit(s->db);
	int r = whole ? query_all(s, "COMMIT", err)
		      : err_set(err, -EIO, "the history cannot be written");

	s->batch = false;
	if (r < 0 && !sqlite3_get_autocommit(s->db))
		query_all(s, "ROLLBACK", NULL);
	durably(s, false);
	if (r < 0)
		overwrite_refused(s);
	return r;
}

int
store_rollback(struct store *s)
{
	s->batch = false;
	if (!sqlite3_get_autocommit(s->db))
		query_all(s, "ROLLBACK", NULL);
	return durably(s, false);
}
