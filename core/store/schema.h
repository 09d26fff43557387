/* SPDX-License-Identifier: MIT */
/* The schema's versions (PRAGMA user_version) and the way from each to the
 * next. */
#pragma once

#include "base/err.h"

struct sqlite3;

#define SCHEMA_VERSION 5

/* The version of an open database; 0: it is new, or it cannot be told. */
int schema_version(struct sqlite3 *db);

/* Brings an open database to SCHEMA_VERSION, one transaction a step. 0, or
 * -EPROTO when it is newer, or -EIO; the database is unchanged then. */
int schema_migrate(struct sqlite3 *db, struct err *err);
