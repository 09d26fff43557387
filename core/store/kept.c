/* SPDX-License-Identifier: MIT */
/* What the daemon must know again after a restart: notices that were given,
 * days that closed, how far each reflog was read, single values by name. */
#include "store/store.h"

#include <sqlite3.h>

#include "base/alloc.h"
#include "store/internal.h"
#include "store/query.h"

/* --- notices ---------------------------------------------------------------------- */

int
store_notice(struct store *s, struct store_notice *notice)
{
	int r = query_run(s,
		"INSERT INTO notices (at, notice, level, day, about)"
		" VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
		WITH(INT(notice->at), TEXT(notice->notice), INT(notice->level),
			TEXT(notice->day), INT(notice->about)));

	if (r < 0)
		return r;
	if (sqlite3_changes(s->db) == 0)
		return 1;
	notice->n = sqlite3_last_insert_rowid(s->db);
	return 0;
}

#define NOTICE_COLUMNS "n, at, level, about, notice"

/* The strings are borrowed until the next row. */
static struct store_notice
notice_row(struct query *q)
{
	return (struct store_notice){
		.n = query_int(q, 0),
		.at = query_int(q, 1),
		.level = (int)query_int(q, 2),
		.about = query_int(q, 3),
		.notice = query_text(q, 4),
	};
}

int
store_last_notice(struct store *s, struct store_notice *out, char **name)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT " NOTICE_COLUMNS " FROM notices"
		" ORDER BY at DESC, n DESC LIMIT 1",
		WITHOUT);

	if (!query_row(&q))
		return query_end(&q, NULL);
	*out = notice_row(&q);
	*name = xstrdup(out->notice);
	out->notice = NULL;
	return 1;
}

int
store_newest_notices(struct store *s,
	void (*fn)(void *data, const struct store_notice *notice), void *data)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT " NOTICE_COLUMNS " FROM notices"
		" WHERE at = (SELECT max(at) FROM notices) ORDER BY n",
		WITHOUT);

	while (query_row(&q)) {
		struct store_notice notice = notice_row(&q);

		fn(data, &notice);
	}
	return query_end(&q, NULL);
}

/* --- days --------------------------------------------------------------------------- */

int
store_day(struct store *s, const struct store_day *day)
{
	return query_run(s,
		"INSERT INTO days (day, ended, worked, longest)"
		" VALUES (?,?,?,?) ON CONFLICT (day) DO UPDATE"
		" SET ended = excluded.ended, worked = excluded.worked,"
		" longest = excluded.longest",
		WITH(TEXT(day->day), INT(day->ended), INT(day->worked),
			INT(day->longest)));
}

/* --- repositories ------------------------------------------------------------------- */

int
store_repository(struct store *s, const char *path, int64_t at)
{
	return query_run(s,
		"INSERT INTO repositories (path, last) VALUES (?1, ?2)"
		" ON CONFLICT (path) DO UPDATE SET last = max(last, ?2)",
		WITH(TEXT(path), INT(at)));
}

int
store_repositories(struct store *s, int64_t since,
	void (*fn)(void *data, const char *path), void *data)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT path FROM repositories WHERE last >= ?1"
		" ORDER BY last DESC",
		WITH(INT(since)));

	while (query_row(&q))
		fn(data, query_text(&q, 0));
	return query_end(&q, NULL);
}

int
store_mark(struct store *s, const char *repository, const char *log,
	const char *mark)
{
	return query_run(s,
		"INSERT INTO marks (repository, log, mark) VALUES (?1, ?2, ?3)"
		" ON CONFLICT (repository, log) DO UPDATE SET mark = ?3",
		WITH(TEXT(repository), TEXT(log), TEXT(mark)));
}

int
store_unmark(struct store *s, const char *repository, const char *log)
{
	return query_run(s,
		"DELETE FROM marks WHERE repository = ?1 AND log = ?2",
		WITH(TEXT(repository), TEXT(log)));
}

char *
store_recall(struct store *s, const char *repository, const char *log)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT mark FROM marks WHERE repository = ?1 AND log = ?2",
		WITH(TEXT(repository), TEXT(log)));

	return query_row(&q) ? xstrdup(query_text(&q, 0)) : NULL;
}

/* --- single values ------------------------------------------------------------------ */

int
store_meta_set(struct store *s, const char *name, const char *value)
{
	if (!value)
		return query_run(s, "DELETE FROM meta WHERE name = ?1",
			WITH(TEXT(name)));
	return query_run(s,
		"INSERT INTO meta (name, value) VALUES (?1, ?2)"
		" ON CONFLICT (name) DO UPDATE SET value = ?2",
		WITH(TEXT(name), TEXT(value)));
}

char *
store_meta(struct store *s, const char *name)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT value FROM meta WHERE name = ?1", WITH(TEXT(name)));

	return query_row(&q) ? xstrdup(query_text(&q, 0)) : NULL;
}
