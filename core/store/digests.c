/* SPDX-License-Identifier: MIT */
/* See digests.h. */
#include "store/digests.h"

#include <errno.h>
#include <sqlite3.h>

#include "base/alloc.h"
#include "store/rare.h"

int
store_digest(struct store *s, const struct store_digest *digest)
{
	AUTO_RARE sqlite3_stmt *old = rare_prepare(s,
		"DELETE FROM digest_repositories WHERE day = ?");
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"INSERT OR REPLACE INTO digests (day, asked, data)"
		" VALUES (?,?,?)");
	int r;

	rare_text(old, 1, digest->day);
	r = rare_finish(old);
	rare_text(stmt, 1, digest->day);
	rare_text(stmt, 2, digest->asked);
	rare_text(stmt, 3, digest->data);
	return r < 0 ? r : rare_finish(stmt);
}

int
store_digest_of(struct store *s, const char *day, const char *repository)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"INSERT OR IGNORE INTO digest_repositories (repository, day)"
		" VALUES (?,?)");

	rare_text(stmt, 1, repository);
	rare_text(stmt, 2, day);
	return rare_finish(stmt);
}

char *
store_digest_recall(struct store *s, const char *day, const char *asked)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"SELECT data FROM digests WHERE day = ? AND asked = ?");

	if (!stmt)
		return NULL;
	rare_text(stmt, 1, day);
	rare_text(stmt, 2, asked);
	return sqlite3_step(stmt) == SQLITE_ROW ? xstrdup(rare_column(stmt, 0))
						: NULL;
}

int
store_digest_drop(struct store *s, const char *repository)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"DELETE FROM digests WHERE day IN (SELECT day FROM"
		" digest_repositories WHERE repository = ?)");

	rare_text(stmt, 1, repository);
	return rare_finish(stmt);
}

int
store_count(struct store *s, int64_t from, int64_t to, int64_t *n,
	int64_t *last)
{
	AUTO_RARE sqlite3_stmt *stmt = rare_prepare(s,
		"SELECT count(*), max(id) FROM events WHERE at >= ? AND at < ?");

	if (!stmt)
		return -EIO;
	sqlite3_bind_int64(stmt, 1, from);
	sqlite3_bind_int64(stmt, 2, to);
	if (sqlite3_step(stmt) != SQLITE_ROW)
		return -EIO;
	*n = sqlite3_column_int64(stmt, 0);
	*last = sqlite3_column_int64(stmt, 1);
	return 0;
}
