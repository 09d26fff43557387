/* SPDX-License-Identifier: MIT */
/*
 * Columns are named in every text: a later Vesper may have added one.  Few
 * statements are kept prepared, as each holds memory for ever and most run
 * seldom.
 */
#include "store/query.h"

#include <errno.h>
#include <sqlite3.h>

#include "store/internal.h"

static void
bind(struct query *q, const struct value *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (values[i].text)
			sqlite3_bind_text(q->stmt, (int)i + 1, values[i].text,
				-1, SQLITE_STATIC);
		else
			sqlite3_bind_int64(q->stmt, (int)i + 1,
				values[i].number);
}

struct query
query(struct store *s, const char *sql, const struct value *values, size_t n)
{
	struct query q = {.store = s};

	q.state = sqlite3_prepare_v2(s->db, sql, -1, &q.stmt, NULL);
	if (q.stmt)
		bind(&q, values, n);
	return q;
}

struct query
query_kept(struct store *s, struct sqlite3_stmt **stmt, const char *sql,
	const struct value *values, size_t n)
{
	struct query q = {.store = s, .kept = true};

	if (!*stmt)
		q.state = sqlite3_prepare_v3(s->db, sql, -1,
			SQLITE_PREPARE_PERSISTENT, stmt, NULL);
	q.stmt = *stmt;
	if (q.stmt)
		bind(&q, values, n);
	return q;
}

void
query_done(struct query *q)
{
	if (!q->kept) {
		sqlite3_finalize(q->stmt);
	} else if (q->stmt) {
		sqlite3_reset(q->stmt);
		sqlite3_clear_bindings(q->stmt);
	}
}

bool
query_row(struct query *q)
{
	if (q->stmt)
		q->state = sqlite3_step(q->stmt);
	return q->state == SQLITE_ROW;
}

const char *
query_text(struct query *q, int column)
{
	const unsigned char *text = sqlite3_column_text(q->stmt, column);

	return text ? (const char *)text : "";
}

int64_t
query_int(struct query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

bool
query_is_null(struct query *q, int column)
{
	return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

static int
failed(struct store *s, int state, struct err *err)
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
		if (codes[i].sqlite == (state & 0xff))
			code = codes[i].code;
	return err_set(err, code, "the history cannot be written: %s",
		sqlite3_errmsg(s->db));
}

int
query_end(struct query *q, struct err *err)
{
	if (q->state == SQLITE_OK || q->state == SQLITE_ROW ||
		q->state == SQLITE_DONE)
		return 0;
	return failed(q->store, q->state, err);
}

int
query_run(struct store *s, const char *sql, const struct value *values,
	size_t n)
{
	AUTO_QUERY struct query q = query(s, sql, values, n);

	query_row(&q);
	return query_end(&q, NULL);
}

int
query_all(struct store *s, const char *sql, struct err *err)
{
	int state = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	return state == SQLITE_OK ? 0 : failed(s, state, err);
}
