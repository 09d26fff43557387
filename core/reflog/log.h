/* SPDX-License-Identifier: MIT */
/*
 * Reading one reflog from where it was read last.  A log is appended to, but
 * `git reflog expire` and `git gc` replace it by a shorter one, so a mark
 * knows the last line, not only its place.
 */
#pragma once

#include "reflog/entry.h"

struct reflog_mark {
	uint64_t inode; /* 0: never read */
	int64_t offset; /* behind the last whole line read */
	int64_t length; /* of that line with its newline; 0: none yet */
	uint64_t hash;	/* of that line without its old object name */
	int64_t instant; /* of the last line parsed, or 0 */
	int steps;	/* of a rebase that is still under way */
};

/* A mark as one short line of text, to keep and to read back. */
#define REFLOG_MARK_TEXT 128
void reflog_mark_format(const struct reflog_mark *m, char *out);
bool reflog_mark_parse(const char *text, struct reflog_mark *out);

typedef void reflog_entry_fn(void *data, const struct reflog_entry *entry);

/*
 * Calls fn for each entry behind the mark, in order, and moves the mark.  A
 * log that was never read gives those of its last megabyte with an instant
 * not before `since`; one that was replaced, and whose last known line is
 * gone, those not before that line.  An unfinished last line stays for the
 * next time; lines that are none are passed over; at most the last 64 MB are
 * looked at.  Returns 0, -ENOENT without a log, or -errno.
 */
int reflog_read(const char *path, struct reflog_mark *mark, int64_t since,
	reflog_entry_fn *fn, void *data);

/* Rebases are told once: whether the entry is worth telling, and for how many
 * commits it stands in *count (n at the end of a rebase; 1 for a commit). Keeps
 * the number of steps in the mark. */
bool reflog_fold(struct reflog_mark *mark, const struct reflog_entry *entry,
	int *count);
