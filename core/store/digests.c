/* SPDX-License-Identifier: MIT */
/* See digests.h. */
#include "store/digests.h"

#include "base/alloc.h"
#include "store/query.h"

int
store_digest(struct store *s, const struct store_digest *digest)
{
	int r = query_run(s, "DELETE FROM digest_repositories WHERE day = ?",
		WITH(TEXT(digest->day)));

	if (r < 0)
		return r;
	return query_run(s,
		"INSERT OR REPLACE INTO digests (day, asked, data)"
		" VALUES (?,?,?)",
		WITH(TEXT(digest->day), TEXT(digest->asked),
			TEXT(digest->data)));
}

int
store_digest_of(struct store *s, const char *day, const char *repository)
{
	return query_run(s,
		"INSERT OR IGNORE INTO digest_repositories (repository, day)"
		" VALUES (?,?)",
		WITH(TEXT(repository), TEXT(day)));
}

char *
store_digest_recall(struct store *s, const char *day, const char *asked)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT data FROM digests WHERE day = ? AND asked = ?",
		WITH(TEXT(day), TEXT(asked)));

	return query_row(&q) ? xstrdup(query_text(&q, 0)) : NULL;
}

int
store_digest_drop(struct store *s, const char *repository)
{
	return query_run(s,
		"DELETE FROM digests WHERE day IN (SELECT day FROM"
		" digest_repositories WHERE repository = ?)",
		WITH(TEXT(repository)));
}
