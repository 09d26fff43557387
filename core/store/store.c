/* SPDX-License-Identifier: MIT */
/*
 * SQLite in WAL mode: an event that was acknowledged survives kill -9 with
 * synchronous=NORMAL, a power cut with FULL, which only rare and precious
 * events pay for.  A file that is no database is renamed, never deleted.
 */
#include "store/store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "store/internal.h"
#include "store/schema.h"

#define AUTO_STMT CLEANUP(statement_done)

/* Prepared once, used for ever. */
enum statement {
	APPEND,
	SOURCE,
	VERDICT,
	EACH,
	EACH_ORDER,
	NEWEST,
	KNOWS,
	NOTICE,
	LAST_NOTICE,
	DAY,
	ALIVE,
	SOURCES,
	REPOSITORY,
	REPOSITORIES,
	MARK,
	RECALL,
	STATEMENTS
};

#define EVENT_COLUMNS                                                          \
	"id, at, kind, source, project, oid, data, verdict, past, human"

static const char *const sql[] = {
	[APPEND] = "INSERT INTO events (at, kind, source, project, oid, data,"
		   " human) VALUES (?,?,?,?,?,?,?)",
	[SOURCE] = "INSERT INTO sources VALUES (?1, ?2) ON CONFLICT (source)"
		   " DO UPDATE SET last = max(last, ?2)",
	[VERDICT] = "UPDATE events SET verdict = ?2, past = ?3 WHERE id = ?1",
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
	[DAY] = "INSERT INTO days VALUES (?,?,?,?) ON CONFLICT (day) DO UPDATE"
		" SET ended = excluded.ended, worked = excluded.worked,"
		" longest = excluded.longest",
	[ALIVE] = "SELECT max(coalesce((SELECT max(at) FROM events WHERE"
		  " at <= ?1), -1), coalesce((SELECT max(at) FROM notices"
		  " WHERE at <= ?1), -1))",
	[SOURCES] = "SELECT source, last FROM sources ORDER BY source",
	[REPOSITORY] = "INSERT INTO repositories VALUES (?1, ?2) ON CONFLICT"
		       " (path) DO UPDATE SET last = max(last, ?2)",
	[REPOSITORIES] = "SELECT path FROM repositories WHERE last >= ?1"
			 " ORDER BY last DESC",
	[MARK] = "INSERT INTO marks VALUES (?1, ?2, ?3) ON CONFLICT"
		 " (repository, log) DO UPDATE SET mark = ?3",
	[RECALL] = "SELECT mark FROM marks WHERE repository = ?1 AND"
		   " log = ?2",
};
_Static_assert(ARRAY_SIZE(sql) == STATEMENTS, "every statement has its text");

struct store {
	sqlite3 *db;
	sqlite3_stmt *stmt[STATEMENTS];
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
	int code = sqlite3_errcode(s->db) == SQLITE_FULL ? -ENOSPC : -EIO;

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

/* Opens and migrates. 0; 1 when the file is not a usable database; -errno. */
static int
try_open(const char *path, sqlite3 **out, struct err *err)
{
	sqlite3 *db = NULL;
	int r = sqlite3_open_v2(path, &db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

	if (r == SQLITE_OK) {
		sqlite3_busy_timeout(db, 2000);
		r = sqlite3_exec(db,
			"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
			"PRAGMA cache_size=-512; PRAGMA wal_autocheckpoint=400;"
			"SELECT count(*) FROM sqlite_schema",
			NULL, NULL, NULL);
	}
	if (r == SQLITE_OK && (r = schema_migrate(db, err)) == 0) {
		*out = db;
		return 0;
	}
	if (r == SQLITE_NOTADB || r == SQLITE_CORRUPT)
		r = 1;
	else if (r > 0)
		r = err_set(err, -EIO, "%s: %s", path, sqlite3_errmsg(db));
	sqlite3_close(db);
	return r;
}

/* Renames the file and its two companions. The new name is the caller's. */
static char *
set_aside(const char *path)
{
	static const char *const suffix[] = {"", "-wal", "-shm"};
	char stamp[32];
	time_t now = time(NULL);
	struct tm tm;
	char *aside;

	gmtime_r(&now, &tm);
	strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &tm);
	aside = xasprintf("%s.broken-%s", path, stamp);
	for (size_t i = 0; i < ARRAY_SIZE(suffix); i++) {
		AUTO_FREE char *from = xasprintf("%s%s", path, suffix[i]);
		AUTO_FREE char *to = xasprintf("%s%s", aside, suffix[i]);

		if (rename(from, to) < 0 && i == 0) {
			free(aside);
			return NULL;
		}
	}
	return aside;
}

int
store_open(const char *path, struct store **out, char **aside,
	struct err *err)
{
	AUTO_FREE char *moved = NULL;
	sqlite3 *db = NULL;
	int r = try_open(path, &db, err);

	*aside = NULL;
	if (r == 1) {
		moved = set_aside(path);
		if (!moved)
			return err_errno(err, errno, "%s is damaged and cannot "
				"be set aside", path);
		r = try_open(path, &db, err);
	}
	if (r != 0)
		return r < 0 ? r : err_set(err, -EIO, "%s: unusable", path);
	*out = xcalloc(1, sizeof **out);
	(*out)->db = db;
	*aside = steal_ptr(&moved);
	return 0;
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

int
store_append(struct store *s, struct store_event *event, bool durable,
	struct err *err)
{
	int r;

	if (durable)
		pragma(s->db, "PRAGMA synchronous=FULL");
	r = pragma(s->db, "BEGIN IMMEDIATE") == 0 ? 0 : failed(s, err);
	if (r == 0)
		r = insert_event(s, event, err);
	if (r == 0)
		r = touch_source(s, event, err);
	if (r == 0 && pragma(s->db, "COMMIT") < 0)
		r = failed(s, err);
	if (r < 0 && !sqlite3_get_autocommit(s->db))
		pragma(s->db, "ROLLBACK");
	if (durable)
		pragma(s->db, "PRAGMA synchronous=NORMAL");
	return r;
}

int
store_verdict(struct store *s, int64_t id, const char *verdict, int64_t past)
{
	AUTO_STMT sqlite3_stmt *stmt = use(s, VERDICT);

	if (!stmt)
		return failed(s, NULL);
	sqlite3_bind_int64(stmt, 1, id);
	text(stmt, 2, verdict);
	sqlite3_bind_int64(stmt, 3, past);
	return finish(s, stmt, NULL);
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
	*out = (struct store_notice){
		.n = sqlite3_column_int64(stmt, 0),
		.at = sqlite3_column_int64(stmt, 1),
		.level = sqlite3_column_int(stmt, 2),
		.about = sqlite3_column_int64(stmt, 3),
	};
	*name = xstrdup(column(stmt, 4));
	return 1;
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
