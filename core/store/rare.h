/* SPDX-License-Identifier: MIT */
/*
 * For the files of this room only: statements that are rare (an editor's
 * report each 20 s is the most frequent), so they are prepared where they are
 * used.
 */
#pragma once

#include "base/util.h"

struct sqlite3_stmt;
struct store;

#define AUTO_RARE CLEANUP(rare_done)
void rare_done(struct sqlite3_stmt **stmt);

/* NULL when it cannot be; the functions below take that. */
struct sqlite3_stmt *rare_prepare(struct store *s, const char *sql);

/* Binds a text that lives until the statement is done; NULL is "". */
void rare_text(struct sqlite3_stmt *stmt, int i, const char *value);

/* Never NULL; lives until the next step. */
const char *rare_column(struct sqlite3_stmt *stmt, int i);

/* Runs statements without parameters, or one without rows. 0 or -EIO. */
int rare_run(struct store *s, const char *sql);
int rare_finish(struct sqlite3_stmt *stmt);
