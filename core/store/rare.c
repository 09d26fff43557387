/* SPDX-License-Identifier: MIT */
/* See rare.h. */
#include "store/rare.h"

#include <errno.h>
#include <sqlite3.h>

#include "store/internal.h"

void
rare_done(sqlite3_stmt **stmt)
{
	sqlite3_finalize(*stmt);
}

sqlite3_stmt *
rare_prepare(struct store *s, const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	sqlite3_prepare_v2(store_db(s), sql, -1, &stmt, NULL);
	return stmt;
}

void
rare_text(sqlite3_stmt *stmt, int i, const char *value)
{
	sqlite3_bind_text(stmt, i, value ? value : "", -1, SQLITE_STATIC);
}

const char *
rare_column(sqlite3_stmt *stmt, int i)
{
	const unsigned char *value = sqlite3_column_text(stmt, i);

	return value ? (const char *)value : "";
}

int
rare_run(struct store *s, const char *sql)
{
	return sqlite3_exec(store_db(s), sql, NULL, NULL, NULL) == SQLITE_OK
		? 0
		: -EIO;
}

int
rare_finish(sqlite3_stmt *stmt)
{
	return stmt && sqlite3_step(stmt) == SQLITE_DONE ? 0 : -EIO;
}
