/* SPDX-License-Identifier: MIT */
/* See facts.h. */
#include "store/facts.h"

#include <sqlite3.h>
#include <stdio.h>

#include "base/alloc.h"
#include "store/internal.h"
#include "store/query.h"

int
store_facts_begin(struct store *s)
{
	return query_all(s, "BEGIN IMMEDIATE", NULL);
}

int
store_facts_end(struct store *s, int r)
{
	if (r == 0)
		r = query_all(s, "COMMIT", NULL);
	if (r < 0 && !sqlite3_get_autocommit(s->db))
		query_all(s, "ROLLBACK", NULL);
	return r;
}

/* --- places ------------------------------------------------------------------- */

static bool
has_places(struct store *s, const char *day)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT 1 FROM places WHERE day = ? LIMIT 1", WITH(TEXT(day)));

	return query_row(&q);
}

int
store_place(struct store *s, const struct store_place *place)
{
	bool first = !has_places(s, place->day);
	int r = query_run(s,
		"INSERT OR REPLACE INTO places (day, source, project, file,"
		" line, at) VALUES (?,?,?,?,?,?)",
		WITH(TEXT(place->day), TEXT(place->source),
			TEXT(place->project), TEXT(place->file),
			INT(place->line), INT(place->at)));

	if (r < 0 || !first)
		return r;
	return query_all(s,
		"DELETE FROM places WHERE day NOT IN (SELECT DISTINCT day"
		" FROM places ORDER BY day DESC LIMIT 2)",
		NULL);
}

int
store_places(struct store *s, const char *day,
	void (*fn)(void *data, const struct store_place *place), void *data)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT day, source, project, file, line, at FROM places"
		" WHERE day = ? ORDER BY at DESC, file",
		WITH(TEXT(day)));

	while (query_row(&q)) {
		struct store_place place = {
			.day = query_text(&q, 0),
			.source = query_text(&q, 1),
			.project = query_text(&q, 2),
			.file = query_text(&q, 3),
			.line = (int)query_int(&q, 4),
			.at = query_int(&q, 5),
		};

		fn(data, &place);
	}
	return query_end(&q, NULL);
}

/* --- corrections --------------------------------------------------------------- */

static int
correct_all(struct store *s, const char *day, int64_t made,
	const char *const *lines, size_t n)
{
	int r = query_run(s, "DELETE FROM corrections WHERE day = ?",
		WITH(TEXT(day)));

	for (size_t i = 0; r == 0 && i < n; i++)
		r = query_run(s,
			"INSERT INTO corrections (day, made, line)"
			" VALUES (?,?,?)",
			WITH(TEXT(day), INT(made), TEXT(lines[i])));
	return r;
}

int
store_correct(struct store *s, const char *day, int64_t made,
	const char *const *lines, size_t n)
{
	int r = store_facts_begin(s);

	if (r < 0)
		return r;
	return store_facts_end(s, correct_all(s, day, made, lines, n));
}

/* Calls fn with the two columns of each row of a query over days. */
static int
each_pair(struct store *s, const char *sql, const char *from, const char *to,
	void (*fn)(void *data, const char *a, const char *b), void *data)
{
	AUTO_QUERY struct query q = query(s, sql, WITH(TEXT(from), TEXT(to)));

	while (query_row(&q))
		fn(data, query_text(&q, 0), query_text(&q, 1));
	return query_end(&q, NULL);
}

int
store_corrections(struct store *s, const char *from, const char *to,
	void (*fn)(void *data, const char *day, const char *line), void *data)
{
	return each_pair(s,
		"SELECT day, line FROM corrections WHERE day >= ? AND day <= ?"
		" ORDER BY day, id",
		from, to, fn, data);
}

/* --- days summed up ---------------------------------------------------------------- */

int
store_rollup(struct store *s, const char *day, const char *brief,
	const char *json)
{
	int r = query_run(s, "DELETE FROM project_days WHERE day = ?",
		WITH(TEXT(day)));

	if (r < 0)
		return r;
	return query_run(s,
		"INSERT OR REPLACE INTO rollups (day, brief, data)"
		" VALUES (?,?,?)",
		WITH(TEXT(day), TEXT(brief), TEXT(json)));
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

	return each_pair(s, sql, from, to, fn, data);
}

/* The one number that a query yields, or INT64_MIN. */
static int64_t
one_number(struct store *s, const char *sql)
{
	AUTO_QUERY struct query q = query(s, sql, WITHOUT);

	return query_row(&q) && !query_is_null(&q, 0) ? query_int(&q, 0)
						      : INT64_MIN;
}

int64_t
store_summed(struct store *s)
{
	return one_number(s, "SELECT before FROM summed");
}

int
store_summed_set(struct store *s, int64_t before)
{
	return query_run(s,
		"INSERT OR REPLACE INTO summed (one, before) VALUES (1, ?)",
		WITH(INT(before)));
}

int64_t
store_oldest(struct store *s)
{
	return one_number(s,
		"SELECT min(at) FROM (SELECT min(at) AS at FROM events"
		" UNION ALL SELECT min(start) FROM imported)");
}

int
store_last_closed(struct store *s, const char *day, char name[11],
	int64_t *ended)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT day, ended FROM days WHERE day < ?"
		" ORDER BY day DESC LIMIT 1",
		WITH(TEXT(day)));

	if (!query_row(&q))
		return query_end(&q, NULL);
	snprintf(name, 11, "%s", query_text(&q, 0));
	*ended = query_int(&q, 1);
	return 1;
}

/* --- what was worked in projects --------------------------------------------------- */

int
store_project_day(struct store *s, const char *project, const char *day,
	int64_t worked)
{
	int r = query_run(s,
		"INSERT OR IGNORE INTO project_names (project) VALUES (?)",
		WITH(TEXT(project)));

	if (r < 0)
		return r;
	return query_run(s,
		"INSERT OR REPLACE INTO project_days (project, day, worked)"
		" VALUES (?,?,?)",
		WITH(TEXT(project), TEXT(day), INT(worked)));
}

/* Calls fn with a text and a number of each row. */
static int
each_sum(struct query *q,
	void (*fn)(void *data, const char *what, int64_t worked), void *data)
{
	while (query_row(q))
		fn(data, query_text(q, 0), query_int(q, 1));
	return query_end(q, NULL);
}

int
store_project_days(struct store *s, const char *project, const char *from,
	const char *to,
	void (*fn)(void *data, const char *day, int64_t worked), void *data)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT day, sum(worked) FROM project_days WHERE project IN"
		" (SELECT project FROM project_names WHERE project = ?1"
		" OR substr(project, 1, length(?1) + 1) = ?1 || '/'"
		" OR substr(project, -length(?1) - 1) = '/' || ?1)"
		" AND day >= ?2 AND day <= ?3 GROUP BY day ORDER BY day",
		WITH(TEXT(project), TEXT(from), TEXT(to)));

	return each_sum(&q, fn, data);
}

int
store_project_sums(struct store *s, const char *from, const char *to,
	void (*fn)(void *data, const char *project, int64_t worked),
	void *data)
{
	/* a project at a time: its days lie together */
	AUTO_QUERY struct query q = query(s,
		"SELECT project, (SELECT sum(worked) FROM project_days d"
		" WHERE d.project = n.project AND day >= ?1 AND day <= ?2)"
		" AS worked FROM project_names n WHERE worked IS NOT NULL",
		WITH(TEXT(from), TEXT(to)));

	return each_sum(&q, fn, data);
}

/* --- imported ----------------------------------------------------------------------- */

int
store_import(struct store *s, int64_t start, int64_t stop, const char *project)
{
	return query_run(s,
		"INSERT OR REPLACE INTO imported (start, stop, project)"
		" VALUES (?,?,?)",
		WITH(INT(start), INT(stop), TEXT(project)));
}

int
store_imported(struct store *s, int64_t from, int64_t to,
	void (*fn)(void *data, int64_t start, int64_t stop, const char *project),
	void *data)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT start, stop, project FROM imported WHERE start >= ?"
		" AND start < ? ORDER BY start",
		WITH(INT(from), INT(to)));

	while (query_row(&q))
		fn(data, query_int(&q, 0), query_int(&q, 1),
			query_text(&q, 2));
	return query_end(&q, NULL);
}
