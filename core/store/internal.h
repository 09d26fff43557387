/* SPDX-License-Identifier: MIT */
/* For the files of this room only. */
#pragma once

struct sqlite3;
struct store;

/* The open database, borrowed. */
struct sqlite3 *store_db(struct store *s);
