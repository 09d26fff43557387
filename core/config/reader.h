/* SPDX-License-Identifier: MIT */
/*
 * INI text, line by line, through inih behind a guard.  What inih would
 * misread (an over-long line, an indented key, a heading without its bracket)
 * never reaches it.
 */
#pragma once

#include "base/util.h"

/* Called in the order of the file; strings are borrowed for the call. */
struct reader_calls {
	/* A heading: what stands between the brackets; NULL: it could not be
	 * read (wrong() was called), skip the keys that follow. */
	void (*section)(void *data, int line, const char *name);
	/* cut: the line goes on after this value with " ;", a comment */
	void (*key)(void *data, int line, const char *key, const char *value,
		bool cut);
	/* A line that cannot be used; text is the line, cut if long. */
	void (*wrong)(void *data, int line, const char *text,
		const char *reason);
};

/* A line's most bytes without indentation, and a heading's. */
#define READER_LINE_MAX 198
#define READER_SECTION_MAX 49

/* Never fails: every problem is a call of wrong(). */
void reader_run(const char *text, size_t n, const struct reader_calls *calls,
	void *data);
