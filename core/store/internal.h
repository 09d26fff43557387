/* SPDX-License-Identifier: MIT */
/* For the files of this room, and for tests that look inside. */
#pragma once

#include <stdbool.h>

#include "store/checkpoint.h"

struct sqlite3;
struct sqlite3_stmt;

struct store {
	struct sqlite3 *db;
	struct {
		struct sqlite3_stmt *append, *source, *knows;
	} kept;
	struct checkpoint checkpoint;
	bool batch;  /* between store_begin() and store_commit() */
	bool spoilt; /* not all of it could be stored */
};
