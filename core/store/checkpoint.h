/* SPDX-License-Identifier: MIT */
/* When the log is written to where it belongs; for the files of this room. */
#pragma once

struct sqlite3;

/* In pages of the log. */
struct checkpoint {
	int written; /* the kernel was asked to write out */
	int tried;   /* at the last checkpoint */
};

/* Looks after the log of a database from here on; *c lives as long. */
void checkpoint_by(struct sqlite3 *db, struct checkpoint *c);
