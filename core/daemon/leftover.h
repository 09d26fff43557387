/* SPDX-License-Identifier: MIT */
/*
 * A file of lines that somebody left for later, read once: under a lock, from
 * where the history says that reading stands.  A crash half-way neither loses
 * nor doubles a line.
 */
#pragma once

#include "base/err.h"

struct store;

struct leftover {
	char *path;
	int fd;	      /* locked until the end */
	char *text;   /* what has not been read yet, NUL-terminated */
	size_t len;   /* of it */
	size_t at;    /* the next line */
	bool cut;     /* there was more than the bound */
	char mark[64];
};

/* Opens path and reads it, at most the first `most` bytes. 0, or -errno:
 * -EWOULDBLOCK while somebody writes to it. */
int leftover_open(struct leftover *l, const char *path, size_t most,
	struct store *store);

/* The next line (without newline, in place), or NULL at the end. What has no
 * newline was cut short by a crash of its writer. */
char *leftover_line(struct leftover *l);

/* Writes down that all of it was read; inside the transaction that stores what
 * it said. 0 or -errno. */
int leftover_mark(const struct leftover *l, struct store *store);

/* Removes the file, and with it the mark. After the commit. */
void leftover_remove(struct leftover *l, struct store *store);

/* Closes it and frees what it holds. */
void leftover_close(struct leftover *l);
