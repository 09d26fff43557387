/* SPDX-License-Identifier: MIT */
/*
 * Statements, for the files of this room: a text, values for its ?1, ?2 ...,
 * and rows.  What goes wrong on the way is told at the end.
 *
 *	AUTO_QUERY struct query q = query(s, "SELECT ...", WITH(TEXT(day)));
 *
 *	while (query_row(&q))
 *		fn(data, query_text(&q, 0), query_int(&q, 1));
 *	return query_end(&q, NULL);
 */
#pragma once

#include "base/err.h"

struct sqlite3_stmt;
struct store;

/* A text lives until the statement is done; NULL is "". */
struct value {
	const char *text; /* NULL: it is the number */
	int64_t number;
};

#define TEXT(text_) ((struct value){.text = (text_) ? (text_) : ""})
#define INT(number_) ((struct value){.number = (number_)})
#define WITH(...)                                                              \
	(const struct value[]){__VA_ARGS__},                                   \
		sizeof((const struct value[]){__VA_ARGS__}) /                  \
			sizeof(struct value)
#define WITHOUT NULL, 0

struct query {
	struct store *store;
	struct sqlite3_stmt *stmt;
	int state; /* SQLite's: what the last step was */
	bool kept;
};

#define AUTO_QUERY CLEANUP(query_done)

/* Ends it; a statement that is kept stays prepared. */
void query_done(struct query *q);

/* A statement at its beginning, for AUTO_QUERY; sql and values are borrowed. */
struct query query(struct store *s, const char *sql, const struct value *values,
	size_t n);

/* The same for what happens all the time: prepared once and left in *stmt,
 * which the store closes. One such query at a time. */
struct query query_kept(struct store *s, struct sqlite3_stmt **stmt,
	const char *sql, const struct value *values, size_t n);

/* Goes to the next row; false when there is none, or on an error. */
bool query_row(struct query *q);

/* Of the row: never NULL, and lives until the next one. */
const char *query_text(struct query *q, int column);
int64_t query_int(struct query *q, int column);
bool query_is_null(struct query *q, int column);

/* 0 when all went well so far, or -errno: -ENOSPC, -EROFS, -EBUSY, -EBADMSG or
 * -EIO. */
int query_end(struct query *q, struct err *err);

/* A statement without rows; and several without values. 0 or -errno. */
int query_run(struct store *s, const char *sql, const struct value *values,
	size_t n);
int query_all(struct store *s, const char *sql, struct err *err);
