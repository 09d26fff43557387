/* SPDX-License-Identifier: MIT */
/* Forgetting, for good: deleted rows would stay in free pages, in the log and
 * in copies of an older schema. */
#include "store/facts.h"

#include <errno.h>
#include <sqlite3.h>

#include "store/internal.h"
#include "store/open.h"
#include "store/query.h"

/* Runs each statement with ?1 = at, ?2 = word; *n counts the first one's
 * rows. */
static int
each_delete(struct store *s, const char *const *sql, int64_t at,
	const char *word, int64_t *n)
{
	int r = 0;

	for (int i = 0; r == 0 && sql[i]; i++) {
		r = query_run(s, sql[i], WITH(INT(at), TEXT(word)));
		if (i == 0)
			*n = sqlite3_changes(s->db);
	}
	return r;
}

/* The log keeps what is forgotten as long as somebody else reads there: 1. */
static int
scrub(struct store *s)
{
	int r = query_all(s, "VACUUM", NULL);

	if (r == 0 && sqlite3_wal_checkpoint_v2(s->db, NULL,
			      SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) !=
			SQLITE_OK)
		r = -EBUSY;
	return r == -EBUSY ? 1 : r;
}

static int
forget(struct store *s, const char *const *sql, int64_t at, const char *word,
	int64_t *n)
{
	int r = query_all(s, "PRAGMA secure_delete=ON; BEGIN IMMEDIATE", NULL);

	if (r < 0)
		return r;
	r = store_facts_end(s, each_delete(s, sql, at, word, n));
	if (r < 0)
		return r;
	open_forget_older(s->db);
	return scrub(s);
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
		" AND NOT (kind = 'off' AND json_valid(data) AND"
		"  ifnull(substr(json_extract(data, '$.dates'), -10), '') >= ?2)"
		" AND NOT (kind IN ('oncall', 'carry') AND json_valid(data) AND"
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
