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
#include "store/checkpoint.h"
#include "store/internal.h"
#include "store/open.h"
#include "store/schema.h"

#define AUTO_STMT CLEANUP(statement_done)

/* Prepared once, used for ever. Columns are named: a later Vesper may have
 * added one. */
enum statement {
	APPEND,
	SOURCE,
	EACH,
	EACH_ORDER,
	NEWEST,
	KNOWS,
	NOTICE,
	LAST_NOTICE,
	NEWEST_NOTICES,
	DAY,
	ALIVE,
	SOURCES,
	HOOKLESS,
	REPOSITORY,
	REPOSITORIES,
	MARK,
	UNMARK,
	RECALL,
	META,
	META_SET,
	META_CLEAR,
	STATEMENTS
};

#define EVENT_COLUMNS                                                          \
	"id, at, kind, source, project, oid, data, verdict, past, human"

static const char *const sql[] = {
	[APPEND] = "INSERT INTO events (at, kind, source, project, oid, data,"
		   " human, verdict, past) VALUES (?,?,?,?,?,?,?,?,?)",
	[SOURCE] = "INSERT INTO sources (source, last) VALUES (?1, ?2)"
		   " ON CONFLICT (source)"
		   " DO UPDATE SET last = ?2 WHERE last < ?2",
	[EACH] = "SELECT " EVENT_COLUMNS " FROM events WHERE at >= ?1 AND"
		 " at < ?2 ORDER BY at, id",
	[EACH_ORDER] = "SELECT " EVENT_COLUMNS " FROM events WHERE at >= ?1"
		       " AND at < ?2 AND kind IN ('extend', 'merge', 'reopen',"
		       " 'oncall', 'off', 'today', 'carry', 'handed', 'config',"
		       " 'zone') AND kind <> 'activity' ORDER BY at, id",
	[NEWEST] = "SELECT " EVENT_COLUMNS " FROM events WHERE kind = ?1 AND"
		   " at < ?2 AND kind <> 'activity'"
		   " ORDER BY at DESC, id DESC LIMIT 1",
	[KNOWS] = "SELECT 1 FROM events WHERE oid = ?1 AND oid <> '' LIMIT 1",
	[NOTICE] = "INSERT INTO notices (at, notice, level, day, about)"
		   " VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
	[LAST_NOTICE] = "SELECT n, at, level, about, notice FROM notices"
			" ORDER BY at DESC, n DESC LIMIT 1",
	[NEWEST_NOTICES] = "SELECT n, at, level, about, notice FROM notices"
			   " WHERE at = (SELECT max(at) FROM notices)"
			   " ORDER BY n",
	[DAY] = "INSERT INTO days (day, ended, worked, longest) VALUES (?,?,?,?)"
		" ON CONFLICT (day) DO UPDATE"
		" SET ended = excluded.ended, worked = excluded.worked,"
		" longest = excluded.longest",
	[ALIVE] = "SELECT max(coalesce((SELECT max(at) FROM events WHERE"
		  " at <= ?1), -1), coalesce((SELECT max(at) FROM notices"
		  " WHERE at <= ?1), -1))",
	[SOURCES] = "SELECT source, last FROM sources ORDER BY source",
	[HOOKLESS] = "SELECT e.project, count(*) FROM events e JOIN"
		     " (SELECT project, max(id) AS id FROM events WHERE"
		     " kind = 'commit' AND kind <> 'activity' AND at >= ?1"
		     " AND source = 'hook' AND project <> ''"
		     " GROUP BY project) h ON e.project = h.project WHERE"
		     " e.kind = 'commit' AND e.kind <> 'activity' AND"
		     " e.at >= ?1 AND e.id > h.id AND e.source = 'watch'"
		     " GROUP BY e.project HAVING count(*) >= ?2",
	[REPOSITORY] = "INSERT INTO repositories (path, last) VALUES (?1, ?2)"
		       " ON CONFLICT"
		       " (path) DO UPDATE SET last = max(last, ?2)",
	[REPOSITORIES] = "SELECT path FROM repositories WHERE last >= ?1"
			 " ORDER BY last DESC",
	[MARK] = "INSERT INTO marks (repository, log, mark) VALUES (?1, ?2, ?3)"
		 " ON CONFLICT"
		 " (repository, log) DO UPDATE SET mark = ?3",
	[UNMARK] = "DELETE FROM marks WHERE repository = ?1 AND log = ?2",
	[RECALL] = "SELECT mark FROM marks WHERE repository = ?1 AND"
		   " log = ?2",
	[META] = "SELECT value FROM meta WHERE name = ?1",
	[META_SET] = "INSERT INTO meta (name, value) VALUES (?1, ?2)"
		     " ON CONFLICT (name)"
		     " DO UPDATE SET value = ?2",
	[META_CLEAR] = "DELETE FROM meta WHERE name = ?1",
};
_Static_assert(ARRAY_SIZE(sql) == STATEMENTS, "every statement has its text");

struct store {
	sqlite3 *db;
	sqlite3_stmt *stmt[STATEMENTS];
	bool batch;	    /* between store_begin() and store_commit() */
	bool spoilt;	    /* not all of it could be stored */
	struct checkpoint checkpoint;
};

sqlite3 *
store_db(struct store *s)
{
	return s->db;
}

static void
statement_done(sqlite3_stmt **stmt)
{
	if (*stmt) {
		sqlite3_reset(*stmt);
		sqlite3_clear_bindings(*stmt);
	}
}

static sqlite3_stmt *
use(struct store *s, enum statement which)
{
	if (!s->stmt[which] &&
		sqlite3_prepare_v3(s->db, sql[which], -1,
			SQLITE_PREPARE_PERSISTENT, &s->stmt[which],
			NULL) != SQLITE_OK)
		return NULL;
	return s->stmt[which];
}

static void
text(sqlite3_stmt *stmt, int i, const char *value)
{
	sqlite3_bind_text(stmt, i, value ? value : "", -1, SQLITE_STATIC);
}

static int
failed(struct store *s, struct err *err)
{
	static const struct {
		int sqlite, code;
	} codes[] = {
		{SQLITE_FULL, -ENOSPC},	     {SQLITE_READONLY, -EROFS},
		{SQLITE_BUSY, -EBUSY},	     {SQLITE_LOCKED, -EBUSY},
		{SQLITE_CORRUPT, -EBADMSG},  {SQLITE_NOTADB, -EBADMSG},
	};
	int code = -EIO;

	for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
		if (codes[i].sqlite == sqlite3_errcode(s->db))
			code = codes[i].code;
	return err_set(err, code, "the history cannot be written: %s",
		sqlite3_errmsg(s->db));
}

/* Runs a statement that returns no rows. 0 or -errno. */
static int
finish(struct store *s, sqlite3_stmt *stmt, struct err *err)
{
	return stmt && sqlite3_step(stmt) == SQLITE_DONE ? 0 : failed(s, err);
}

static int
pragma(sqlite3 *db, const char *text_)
{
	return sqlite3_exec(db, text_, NULL, NULL, NULL) == SQLITE_OK ? 0
								      : -EIO;
}

static int
wrap(int r, sqlite3 *db, struct store **out)
{
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
	sqlite3 *db = NULL;
	int r = open_database(path, false, &db, aside, err);

	return wrap(r, db, out);
}

int
store_renew(const char *path, struct store **out, char **aside,
	struct err *err)
{
	sqlite3 *db = NULL;
	int r = open_database(path, true, &db, aside, err);

	return wrap(r, db, out);
}

struct store *
store_close(struct store *s)
{
	if (!s)
		return NULL;
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(s->stmt[i]);
	sqlite3_close(s->db);
	free(s);
	return NULL;
}

static int
insert_event(struct store *s, struct store_event *event, struct err *err)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, APPEND);
	int r;

	if (!stmt)
		return failed(s, err);
	sqlite3_bind_int64(stmt, 1, event->at);
	text(stmt, 2, event->kind);
	text(stmt, 3, event->source);
	text(stmt, 4, event->project);
	text(stmt, 5, event->oid);
	text(stmt, 6, event->data && *event->data ? event->data : "{}");
	sqlite3_bind_int(stmt, 7, event->human);
	text(stmt, 8, event->verdict);
	sqlite3_bind_int64(stmt, 9, event->past);
	r = finish(s, stmt, err);
	if (r == 0)
		event->id = sqlite3_last_insert_rowid(s->db);
	return r;
}

static int
touch_source(struct store *s, const struct store_event *event,
	struct err *err)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, SOURCE);

	if (!event->source || !*event->source)
		return 0;
	if (!stmt)
		return failed(s, err);
	text(stmt, 1, event->source);
	sqlite3_bind_int64(stmt, 2, event->at);
	return finish(s, stmt, err);
}

/* Both rows, or neither: in a transaction of its own unless in a batch. */
static int
append_both(struct store *s, struct store_event *event, struct err *err)
{
	int r = 0;

	if (!s->batch && pragma(s->db, "BEGIN IMMEDIATE") < 0)
		r = failed(s, err);
	if (r == 0)
		r = insert_event(s, event, err);
	if (r == 0)
		r = touch_source(s, event, err);
	if (!s->batch && r == 0 && pragma(s->db, "COMMIT") < 0)
		r = failed(s, err);
	if (!s->batch && r < 0 && !sqlite3_get_autocommit(s->db))
		pragma(s->db, "ROLLBACK");
	return r;
}

/* Where only the sync failed, the log has all of it: a recovery would find what
 * was refused. Any other write there takes its place. */
static void
overwrite_refused(struct store *s)
{
	AUTO_FREE char *text_ = xasprintf("PRAGMA user_version=%d",
		SCHEMA_VERSION);

	pragma(s->db, text_);
}

int
store_append(struct store *s, struct store_event *event, bool durable,
	struct err *err)
{
	int r;

	/* SQLite itself has given the batch up; what comes now is not to
	 * stand there alone. */
	if (s->batch && sqlite3_get_autocommit(s->db))
		return err_set(err, -EIO, "the history cannot be written");
	if (durable && !s->batch)
		pragma(s->db, "PRAGMA synchronous=FULL");
	r = append_both(s, event, err);
	s->spoilt |= r < 0;
	if (durable && !s->batch)
		pragma(s->db, "PRAGMA synchronous=NORMAL");
	if (durable && !s->batch && r < 0)
		overwrite_refused(s);
	return r;
}

int
store_begin(struct store *s, bool durable, struct err *err)
{
	if (s->batch)
		return err_set(err, -EALREADY, "a batch is under way");
	if (durable)
		pragma(s->db, "PRAGMA synchronous=FULL");
	if (pragma(s->db, "BEGIN IMMEDIATE") < 0) {
		pragma(s->db, "PRAGMA synchronous=NORMAL");
		return failed(s, err);
	}
	s->batch = true;
	s->spoilt = false;
	return 0;
}

int
store_commit(struct store *s, struct err *err)
{
	int r = 0;

	s->batch = false;
	if (sqlite3_get_autocommit(s->db)) {
		r = err_set(err, -EIO, "the history cannot be written");
	} else if (s->spoilt) {
		r = err_set(err, -EIO, "the history cannot be written");
		pragma(s->db, "ROLLBACK");
	} else if (pragma(s->db, "COMMIT") < 0) {
		r = failed(s, err);
		pragma(s->db, "ROLLBACK");
	}
	pragma(s->db, "PRAGMA synchronous=NORMAL");
	if (r < 0)
		overwrite_refused(s);
	return r;
}

int
store_rollback(struct store *s)
{
	s->batch = false;
	if (!sqlite3_get_autocommit(s->db))
		pragma(s->db, "ROLLBACK");
	return pragma(s->db, "PRAGMA synchronous=NORMAL");
}

static const char *
column(sqlite3_stmt *stmt, int i)
{
	const unsigned char *value = sqlite3_column_text(stmt, i);

	return value ? (const char *)value : "";
}

static struct store_event
event_row(sqlite3_stmt *stmt)
{
	return (struct store_event){
		.id = sqlite3_column_int64(stmt, 0),
		.at = sqlite3_column_int64(stmt, 1),
		.kind = column(stmt, 2),
		.source = column(stmt, 3),
		.project = column(stmt, 4),
		.oid = column(stmt, 5),
		.data = column(stmt, 6),
		.verdict = column(stmt, 7),
		.past = sqlite3_column_int64(stmt, 8),
		.human = sqlite3_column_int(stmt, 9) != 0,
	};
}

int
store_each(struct store *s, int64_t from, int64_t to, bool orders,
	int (*fn)(void *data, const struct store_event *event), void *data)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, orders ? EACH_ORDER : EACH);
	int r, stop = 0;

	if (!stmt)
		return failed(s, NULL);
	sqlite3_bind_int64(stmt, 1, from);
	sqlite3_bind_int64(stmt, 2, to);
	while (!stop && (r = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct store_event event = event_row(stmt);

		stop = fn(data, &event);
	}
	return stop ? stop : r == SQLITE_DONE ? 0 : failed(s, NULL);
}

int
store_newest(struct store *s, const char *kind, int64_t before,
	int (*fn)(void *data, const struct store_event *event), void *data)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, NEWEST);
	struct store_event event;
	int r;

	if (!stmt)
		return failed(s, NULL);
	text(stmt, 1, kind);
	sqlite3_bind_int64(stmt, 2, before);
	r = sqlite3_step(stmt);
	if (r != SQLITE_ROW)
		return r == SQLITE_DONE ? 0 : failed(s, NULL);
	event = event_row(stmt);
	fn(data, &event);
	return 1;
}

int
store_knows_commit(struct store *s, const char *oid)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, KNOWS);

	if (!stmt)
		return 0;
	text(stmt, 1, oid);
	return sqlite3_step(stmt) == SQLITE_ROW;
}

int
store_notice(struct store *s, struct store_notice *notice)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, NOTICE);
	int r;

	if (!stmt)
		return failed(s, NULL);
	sqlite3_bind_int64(stmt, 1, notice->at);
	text(stmt, 2, notice->notice);
	sqlite3_bind_int(stmt, 3, notice->level);
	text(stmt, 4, notice->day);
	sqlite3_bind_int64(stmt, 5, notice->about);
	r = finish(s, stmt, NULL);
	if (r < 0)
		return r;
	if (sqlite3_changes(s->db) == 0)
		return 1;
	notice->n = sqlite3_last_insert_rowid(s->db);
	return 0;
}

/* The strings are borrowed until the next step. */
static void
read_notice(sqlite3_stmt *stmt, struct store_notice *out)
{
	*out = (struct store_notice){
		.n = sqlite3_column_int64(stmt, 0),
		.at = sqlite3_column_int64(stmt, 1),
		.level = sqlite3_column_int(stmt, 2),
		.about = sqlite3_column_int64(stmt, 3),
		.notice = column(stmt, 4),
	};
}

int
store_last_notice(struct store *s, struct store_notice *out, char **name)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, LAST_NOTICE);
	int r;

	if (!stmt)
		return failed(s, NULL);
	r = sqlite3_step(stmt);
	if (r != SQLITE_ROW)
		return r == SQLITE_DONE ? 0 : failed(s, NULL);
	read_notice(stmt, out);
	*name = xstrdup(out->notice);
	out->notice = NULL;
	return 1;
}

int
store_newest_notices(struct store *s,
	void (*fn)(void *data, const struct store_notice *notice), void *data)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, NEWEST_NOTICES);
	struct store_notice notice;
	int r;

	if (!stmt)
		return failed(s, NULL);
	while ((r = sqlite3_step(stmt)) == SQLITE_ROW) {
		read_notice(stmt, &notice);
		fn(data, &notice);
	}
	return r == SQLITE_DONE ? 0 : failed(s, NULL);
}

int
store_day(struct store *s, const struct store_day *day)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, DAY);

	if (!stmt)
		return failed(s, NULL);
	text(stmt, 1, day->day);
	sqlite3_bind_int64(stmt, 2, day->ended);
	sqlite3_bind_int64(stmt, 3, day->worked);
	sqlite3_bind_int64(stmt, 4, day->longest);
	return finish(s, stmt, NULL);
}

int64_t
store_alive(struct store *s, int64_t now)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, ALIVE);
	int64_t at = -1;

	if (stmt) {
		sqlite3_bind_int64(stmt, 1, now);
		if (sqlite3_step(stmt) == SQLITE_ROW)
			at = sqlite3_column_int64(stmt, 0);
	}
	return at < 0 ? INT64_MIN : at;
}

int
store_sources(struct store *s,
	void (*fn)(void *data, const char *source, int64_t last), void *data)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, SOURCES);
	int r;

	if (!stmt)
		return failed(s, NULL);
	while ((r = sqlite3_step(stmt)) == SQLITE_ROW)
		fn(data, column(stmt, 0), sqlite3_column_int64(stmt, 1));
	return r == SQLITE_DONE ? 0 : failed(s, NULL);
}

int
store_hookless(struct store *s, int64_t since, int64_t least,
	void (*fn)(void *data, const char *project, int64_t commits),
	void *data)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, HOOKLESS);
	int r;

	if (!stmt)
		return failed(s, NULL);
	sqlite3_bind_int64(stmt, 1, since);
	sqlite3_bind_int64(stmt, 2, least);
	while ((r = sqlite3_step(stmt)) == SQLITE_ROW)
		fn(data, column(stmt, 0), sqlite3_column_int64(stmt, 1));
	return r == SQLITE_DONE ? 0 : failed(s, NULL);
}

int
store_repository(struct store *s, const char *path, int64_t at)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, REPOSITORY);

	if (!stmt)
		return failed(s, NULL);
	text(stmt, 1, path);
	sqlite3_bind_int64(stmt, 2, at);
	return finish(s, stmt, NULL);
}

int
store_repositories(struct store *s, int64_t since,
	void (*fn)(void *data, const char *path), void *data)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, REPOSITORIES);
	int r;

	if (!stmt)
		return failed(s, NULL);
	sqlite3_bind_int64(stmt, 1, since);
	while ((r = sqlite3_step(stmt)) == SQLITE_ROW)
		fn(data, column(stmt, 0));
	return r == SQLITE_DONE ? 0 : failed(s, NULL);
}

int
store_mark(struct store *s, const char *repository, const char *log,
	const char *mark)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, MARK);

	if (!stmt)
		return failed(s, NULL);
	text(stmt, 1, repository);
	text(stmt, 2, log);
	text(stmt, 3, mark);
	return finish(s, stmt, NULL);
}

int
store_unmark(struct store *s, const char *repository, const char *log)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, UNMARK);

	if (!stmt)
		return failed(s, NULL);
	text(stmt, 1, repository);
	text(stmt, 2, log);
	return finish(s, stmt, NULL);
}

char *
store_recall(struct store *s, const char *repository, const char *log)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, RECALL);

	if (!stmt)
		return NULL;
	text(stmt, 1, repository);
	text(stmt, 2, log);
	return sqlite3_step(stmt) == SQLITE_ROW ? xstrdup(column(stmt, 0))
						: NULL;
}

int
store_meta_set(struct store *s, const char *name, const char *value)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, value ? META_SET : META_CLEAR);

	if (!stmt)
		return failed(s, NULL);
	text(stmt, 1, name);
	if (value)
		text(stmt, 2, value);
	return finish(s, stmt, NULL);
}

char *
store_meta(struct store *s, const char *name)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, META);

	if (!stmt)
		return NULL;
	text(stmt, 1, name);
	return sqlite3_step(stmt) == SQLITE_ROW ? xstrdup(column(stmt, 0))
						: NULL;
}
