/* SPDX-License-Identifier: MIT */
/*
 * The stash list is a reflog; its file is read directly (a line each), and
 * through git where references are not files.
 */
#include "digest/scan.h"

#include <git2.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "words/words.h"

#define LOG_MAX (16 * 1024 * 1024)

static void
count(struct scan *scan, int64_t made)
{
	scan->row->stashes++;
	if (log_today(scan->job, made))
		scan->row->stashes_today++;
}

static void
read_file(struct scan *scan)
{
	AUTO_FREE char *log =
		place_read(scan->place.common, "logs/refs/stash", LOG_MAX);
	char *rest = log, *line;

	while (rest && (line = strtok_r(rest, "\n", &rest))) {
		char *tab = strchrnul(line, '\t'), *close;

		*tab = '\0';
		close = strrchr(line, '>');
		count(scan, close ? strtoll(close + 1, NULL, 10) : 0);
	}
}

/* "stash@{1795021200}", a line each. */
static void
read_by_git(struct scan *scan)
{
	static const char *const there[] = {
		"for-each-ref", "refs/stash", NULL};
	static const char *const args[] = {"log", "-g", "--format=%gd",
		"--date=unix", "--no-show-signature", "refs/stash", "--", NULL};
	AUTO_BUF struct buf out = {0};
	char *rest, *line;
	struct err err;
	int r = scan_git(scan, there, NULL, &out, &err);

	if (r == 0 && out.len) {
		buf_clear(&out);
		r = scan_git(scan, args, NULL, &out, &err);
	}
	if (r) {
		scan->row->stashes = scan->row->stashes_today = UNKNOWN;
		row_unread(scan->row, r < 0 ? NULL : W_DIGEST_STASHES, err.text);
		return;
	}
	rest = out.len ? out.data : NULL;
	while (rest && (line = strtok_r(rest, "\n", &rest)))
		count(scan, strtoll(line + strcspn(line, "0123456789"), NULL,
			10));
}

void
stash_read(struct scan *scan)
{
	git_oid oid;

	scan->row->stashes = scan->row->stashes_today = 0;
	if (!scan->repo)
		read_by_git(scan);
	else if (git_reference_name_to_id(&oid, scan->repo, "refs/stash") == 0)
		read_file(scan);
}
