/* SPDX-License-Identifier: MIT */
/* Branches, upstreams and stashes by git itself; see unpushed.c for rules. */
#include "digest/scan.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "words/words.h"

int64_t
gitrefs_count(struct scan *scan, const char *tip, const char *const *hidden)
{
	const char *args[] = {"rev-list", "--count", tip, "--not",
		hidden ? hidden[0] : "--remotes", NULL};
	AUTO_BUF struct buf out = {0};

	if (scan_git(scan, args, NULL, &out, NULL) || !out.data)
		return UNKNOWN;
	return strtoll(out.data, NULL, 10);
}

/* "refname oid upstream track" of one branch, split at '\0's. */
static void
read_branch(struct scan *scan, char *const *field)
{
	const char *upstream = field[2];
	bool follows = starts_with(upstream, "refs/remotes/");
	bool gone = follows && streq(field[3], "gone");
	struct unpushed *u;
	int64_t n = 0;

	if (!follows || gone)
		n = gitrefs_count(scan, field[1], NULL);
	else if (starts_with(field[3], "ahead ") &&
		gitrefs_count(scan, field[1], NULL) != 0)
		n = strtoll(field[3] + strlen("ahead "), NULL, 10);
	if (!n)
		return;
	u = row_add_unpushed(scan->row);
	u->branch = xstrdup(field[0] + strlen("refs/heads/"));
	u->upstream = follows
		? xstrdup(upstream + strlen("refs/remotes/"))
		: NULL;
	u->gone = gone;
	u->commits = n;
}

static void
read_branches(struct scan *scan, struct buf *out)
{
	char *at = out->data, *end = at + out->len;

	while (at < end) {
		char *field[4];

		for (int i = 0; i < 4; i++) {
			field[i] = at;
			at += strlen(at) + 1;
			if (at > end)
				return;
		}
		at++; /* the newline for-each-ref adds */
		read_branch(scan, field);
	}
}

static void
read_remotes(struct scan *scan)
{
	static const char *const args[] = {"remote", NULL};
	AUTO_BUF struct buf out = {0};
	int64_t n = 0;

	if (scan_git(scan, args, NULL, &out, NULL))
		return;
	for (size_t i = 0; i < out.len; i++)
		n += out.data[i] == '\n';
	scan->row->remotes = n;
}

void
gitrefs_read(struct scan *scan)
{
	static const char *const args[] = {"for-each-ref",
		"--format=%(refname)%00%(objectname)%00%(upstream)%00"
		"%(upstream:track,nobracket)%00",
		"refs/heads", NULL};
	AUTO_BUF struct buf out = {0};
	struct err err;

	if (scan_git(scan, args, NULL, &out, &err)) {
		row_unread(scan->row, NULL, err.text);
		return;
	}
	if (out.len)
		read_branches(scan, &out);
	scan->row->refs_read = true;
	read_remotes(scan);
}
