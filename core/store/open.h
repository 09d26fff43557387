/* SPDX-License-Identifier: MIT */
/* Opening the database file, whatever state it is in. */
#pragma once

#include "base/err.h"

struct sqlite3;

enum open_how {
	OPEN_FIRST,   /* waits two seconds for who holds the file */
	OPEN_AGAIN,   /* waits a tenth of one, as others wait for us */
	OPEN_DAMAGED, /* the file is known to be of no use */
};

/* Opens or creates, checks and migrates; a copy of a file of an older schema
 * stays beside it. A damaged file is set aside under a
 * name with a time stamp, *aside (the caller's, else NULL), and a new one is
 * begun. 0, or -errno. */
int open_database(const char *path, enum open_how how, struct sqlite3 **out,
	char **aside, struct err *err);

/* Removes the copies of older schemas of an open database. */
void open_forget_older(struct sqlite3 *db);
