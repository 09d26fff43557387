/* SPDX-License-Identifier: MIT */
/* See facts.h. */
#include "store/facts.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>

#include "base/alloc.h"
#include "store/internal.h"
#include "store/open.h"
#include "store/rare.h"

int
store_facts_begin(struct store *s)
{
	return rare_run(s, "BEGIN IMMEDIATE");
}

int
store_facts_end(struct store *s)
{
	return rare_run(s, "COMMIT");
}

/* --- places ------------------------------------------------------------------- */

static bool
has_places(struct store *s, const char *day)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"SELECT 1 FROM places WHERE day = ? LIMIT 1");

	if (!stmt)
		return false;
	rare_text(stmt, 1, day);
	return sqlite3_step(stmt) == SQLITE_ROW;
}

int
store_place(struct store *s, const struct store_place *place)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"INSERT OR REPLACE INTO places (day, source, project, file,"
		" line, at) VALUES (?,?,?,?,?,?)");
	bool first = !has_places(s, place->day);
	int r;

	rare_text(stmt, 1, place->day);
	rare_text(stmt, 2, place->source);
	rare_text(stmt, 3, place->project);
	rare_text(stmt, 4, place->file);
	sqlite3_bind_int(stmt, 5, place->line);
	sqlite3_bind_int64(stmt, 6, place->at);
	r = rare_finish(stmt);
	if (r < 0 || !first)
		return r;
	return rare_run(s, "DELETE FROM places WHERE day NOT IN (SELECT DISTINCT day"
		      " FROM places ORDER BY day DESC LIMIT 2)");
}

int
store_places(struct store *s, const char *day,
	void (*fn)(void *data, const struct store_place *place), void *data)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"SELECT day, source, project, file, line, at FROM places"
		" WHERE day = ? ORDER BY at DESC, file");

	if (!stmt)
		return -EIO;
	rare_text(stmt, 1, day);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct store_place place = {
			.day = rare_column(stmt, 0),
			.source = rare_column(stmt, 1),
			.project = rare_column(stmt, 2),
			.file = rare_column(stmt, 3),
			.line = sqlite3_column_int(stmt, 4),
			.at = sqlite3_column_int64(stmt, 5),
		};

		fn(data, &place);
	}
	return 0;
}

/* --- corrections --------------------------------------------------------------- */

static int
correct_one(struct store *s, const char *day, int64_t made, const char *line)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"INSERT INTO corrections (day, made, line) VALUES (?,?,?)");

	rare_text(stmt, 1, day);
	sqlite3_bind_int64(stmt, 2, made);
	rare_text(stmt, 3, line);
	return rare_finish(stmt);
}

static int
correct_none(struct store *s, const char *day)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"DELETE FROM corrections WHERE day = ?");

	rare_text(stmt, 1, day);
	return rare_finish(stmt);
}

int
store_correct(struct store *s, const char *day, int64_t made,
	const char *const *lines, size_t n)
{
	int r = store_facts_begin(s);

	if (r < 0)
		return r;
	r = correct_none(s, day);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = correct_one(s, day, made, lines[i]);
	if (r < 0) {
		rare_run(s, "ROLLBACK");
		return r;
	}
	return store_facts_end(s);
}

/* Calls fn with the two columns of each row of a query over days. */
static int
each_pair(struct store *s, const char *sql, const char *const range[2],
	void (*fn)(void *data, const char *a, const char *b), void *data)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s, sql);
	int r;

	if (!stmt)
		return -EIO;
	rare_text(stmt, 1, range[0]);
	rare_text(stmt, 2, range[1]);
	while ((r = sqlite3_step(stmt)) == SQLITE_ROW)
		fn(data, rare_column(stmt, 0), rare_column(stmt, 1));
	return r == SQLITE_DONE ? 0 : -EIO;
}

int
store_corrections(struct store *s, const char *from, const char *to,
	void (*fn)(void *data, const char *day, const char *line), void *data)
{
	return each_pair(s,
		"SELECT day, line FROM corrections WHERE day >= ? AND day <= ?"
		" ORDER BY day, id",
		(const char *const[]){from, to}, fn, data);
}

/* --- rollups -------------------------------------------------------------------- */

int
store_rollup(struct store *s, const char *day, const char *brief,
	const char *json)
{
	AUTO_RARE sqlite3_stmt *projects = rare_prepare(s,
		"DELETE FROM project_days WHERE day = ?");
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"INSERT OR REPLACE INTO rollups (day, brief, data)"
		" VALUES (?,?,?)");
	int r;

	rare_text(projects, 1, day);
	r = rare_finish(projects);
	rare_text(stmt, 1, day);
	rare_text(stmt, 2, brief);
	rare_text(stmt, 3, json);
	return r < 0 ? r : rare_finish(stmt);
}

/* The one number that a query yields, or INT64_MIN. */
static int64_t
one_number(struct store *s, const char *sql)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s, sql);

	if (!stmt || sqlite3_step(stmt) != SQLITE_ROW ||
		sqlite3_column_type(stmt, 0) == SQLITE_NULL)
		return INT64_MIN;
	return sqlite3_column_int64(stmt, 0);
}

int64_t
store_summed(struct store *s)
{
	return one_number(s, "SELECT before FROM summed");
}

int
store_summed_set(struct store *s, int64_t before)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"INSERT OR REPLACE INTO summed (one, before) VALUES (1, ?)");

	sqlite3_bind_int64(stmt, 1, before);
	return rare_finish(stmt);
}

int64_t
store_oldest(struct store *s)
{
	return one_number(s,
		"SELECT min(at) FROM (SELECT min(at) AS at FROM events"
		" UNION ALL SELECT min(start) FROM imported)");
}

int
store_project_day(struct store *s, const char *project, const char *day,
	int64_t worked)
{
	AUTO_RARE sqlite3_stmt *name = rare_prepare(s,
		"INSERT OR IGNORE INTO project_names (project) VALUES (?)");
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"INSERT OR REPLACE INTO project_days (project, day, worked)"
		" VALUES (?,?,?)");
	int r;

	rare_text(name, 1, project);
	r = rare_finish(name);
	rare_text(stmt, 1, project);
	rare_text(stmt, 2, day);
	sqlite3_bind_int64(stmt, 3, worked);
	return r < 0 ? r : rare_finish(stmt);
}

int
store_project_days(struct store *s, const char *project, const char *from,
	const char *to,
	void (*fn)(void *data, const char *day, int64_t worked), void *data)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"SELECT day, sum(worked) FROM project_days WHERE project IN"
		" (SELECT project FROM project_names WHERE project = ?1"
		" OR substr(project, 1, length(?1) + 1) = ?1 || '/'"
		" OR substr(project, -length(?1) - 1) = '/' || ?1)"
		" AND day >= ?2 AND day <= ?3 GROUP BY day ORDER BY day");

	if (!stmt)
		return -EIO;
	rare_text(stmt, 1, project);
	rare_text(stmt, 2, from);
	rare_text(stmt, 3, to);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		fn(data, rare_column(stmt, 0), sqlite3_column_int64(stmt, 1));
	return 0;
}

int
store_rollups(struct store *s, const char *from, const char *to,
	bool brief, int most,
	void (*fn)(void *data, const char *day, const char *json), void *data)
{
	AUTO_FREE char *sql = xasprintf("SELECT day, %s FROM rollups WHERE"
					" day >= ? AND day <= ? ORDER BY day"
					" LIMIT %d",
		brief ? "brief" : "data", most);

	return each_pair(s, sql, (const char *const[]){from, to}, fn, data);
}

int
store_project_sums(struct store *s, const char *from, const char *to,
	void (*fn)(void *data, const char *project, int64_t worked),
	void *data)
{
	/* a project at a time: its days lie together */
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"SELECT project, (SELECT sum(worked) FROM project_days d"
		" WHERE d.project = n.project AND day >= ?1 AND day <= ?2)"
		" AS worked FROM project_names n WHERE worked IS NOT NULL");

	if (!stmt)
		return -EIO;
	rare_text(stmt, 1, from);
	rare_text(stmt, 2, to);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		fn(data, rare_column(stmt, 0), sqlite3_column_int64(stmt, 1));
	return 0;
}

/* --- imported ----------------------------------------------------------------------- */

int
store_import(struct store *s, int64_t start, int64_t stop, const char *project)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"INSERT OR REPLACE INTO imported (start, stop, project)"
		" VALUES (?,?,?)");

	sqlite3_bind_int64(stmt, 1, start);
	sqlite3_bind_int64(stmt, 2, stop);
	rare_text(stmt, 3, project);
	return rare_finish(stmt);
}

int
store_imported(struct store *s, int64_t from, int64_t to,
	void (*fn)(void *data, int64_t start, int64_t stop, const char *project),
	void *data)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"SELECT start, stop, project FROM imported WHERE start >= ?"
		" AND start < ? ORDER BY start");

	if (!stmt)
		return -EIO;
	sqlite3_bind_int64(stmt, 1, from);
	sqlite3_bind_int64(stmt, 2, to);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		fn(data, sqlite3_column_int64(stmt, 0),
			sqlite3_column_int64(stmt, 1), rare_column(stmt, 2));
	return 0;
}

/* --- days that turned ------------------------------------------------------------- */

int
store_last_closed(struct store *s, const char *day, char name[11],
	int64_t *ended)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"SELECT day, ended FROM days WHERE day < ?"
		" ORDER BY day DESC LIMIT 1");

	if (!stmt)
		return -EIO;
	rare_text(stmt, 1, day);
	if (sqlite3_step(stmt) != SQLITE_ROW)
		return 0;
	snprintf(name, 11, "%s", rare_column(stmt, 0));
	*ended = sqlite3_column_int64(stmt, 1);
	return 1;
}

/* --- forgetting --------------------------------------------------------------------- */

/* Runs each statement with ?1 = at, ?2 = word; *n counts the first one's
 * rows. */
static int
each_delete(struct store *s, const char *const *sql, int64_t at,
	const char *word, int64_t *n)
{
	int r = 0;

	for (int i = 0; r == 0 && sql[i]; i++) {
		AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s, sql[i]);

		if (!stmt)
			return -EIO;
		if (strstr(sql[i], "?1"))
			sqlite3_bind_int64(stmt, 1, at);
		if (strstr(sql[i], "?2"))
			rare_text(stmt, 2, word);
		r = rare_finish(stmt);
		if (i == 0)
			*n = sqlite3_changes(store_db(s));
	}
	return r;
}

/* Deleted rows stay in free pages and in the log until both are rewritten. */
static int
forget(struct store *s, const char *const *sql, int64_t at, const char *word,
	int64_t *n)
{
	int r = rare_run(s, "PRAGMA secure_delete=ON; BEGIN IMMEDIATE");

	if (r < 0)
		return r;
	r = each_delete(s, sql, at, word, n);
	if (r < 0) {
		rare_run(s, "ROLLBACK");
		return r;
	}
	r = store_facts_end(s);
	if (r < 0)
		return r;
	open_forget_older(store_db(s));
	return rare_run(s, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
}

int
store_forget_before(struct store *s, int64_t at, const char *day, int64_t *n)
{
	/* the rules and the zone that hold at that instant stay, and so do
	 * orders that are still to come true */
	static const char *const sql[] = {
		"DELETE FROM events WHERE at < ?1 AND NOT (kind IN ('config',"
		" 'zone') AND id IN (SELECT max(id) FROM events WHERE at < ?1"
		" AND kind IN ('config', 'zone') GROUP BY kind))"
		" AND NOT (kind = 'off' AND"
		"  ifnull(substr(json_extract(data, '$.dates'), -10), '') >= ?2)"
		" AND NOT (kind IN ('oncall', 'carry') AND"
		"  ifnull(json_extract(data, '$.until'), 0) > ?1)",
		"DELETE FROM notices WHERE at < ?1",
		"DELETE FROM imported WHERE start < ?1",
		"DELETE FROM sources WHERE last < ?1",
		"DELETE FROM repositories WHERE last < ?1",
		"DELETE FROM marks WHERE repository NOT IN"
		" (SELECT path FROM repositories UNION"
		" SELECT path || '/.git' FROM repositories)",
		"DELETE FROM days WHERE day < ?2",
		"DELETE FROM rollups WHERE day < ?2",
		"DELETE FROM digests WHERE day < ?2",
		"DELETE FROM digest_repositories WHERE day < ?2",
		"DELETE FROM project_days WHERE day < ?2",
		"DELETE FROM project_names WHERE project NOT IN"
		" (SELECT project FROM project_days)",
		"DELETE FROM corrections WHERE day < ?2",
		"DELETE FROM places WHERE day < ?2",
		NULL,
	};

	return forget(s, sql, at, day, n);
}

int
store_forget_project(struct store *s, const char *project, int64_t *n)
{
	static const char *const sql[] = {
		"DELETE FROM events WHERE project = ?2 OR substr(project, 1,"
		" length(?2) + 1) = ?2 || '/'",
		"DELETE FROM places WHERE project = ?2 OR substr(project, 1,"
		" length(?2) + 1) = ?2 || '/' OR substr(file, 1,"
		" length(?2) + 1) = ?2 || '/'",
		"DELETE FROM marks WHERE repository = ?2 OR substr(repository,"
		" 1, length(?2) + 1) = ?2 || '/'",
		"DELETE FROM repositories WHERE path = ?2 OR substr(path, 1,"
		" length(?2) + 1) = ?2 || '/'",
		"DELETE FROM imported WHERE project = ?2",
		/* made anew from what is left */
		"DELETE FROM digests",
		"DELETE FROM digest_repositories",
		"DELETE FROM summed",
		"DELETE FROM rollups",
		"DELETE FROM project_days",
		"DELETE FROM project_names",
		NULL,
	};

	return forget(s, sql, 0, project, n);
}
