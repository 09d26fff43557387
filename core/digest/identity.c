/* SPDX-License-Identifier: MIT */
/*
 * Who "me" is in a repository only git can say: libgit2 knows neither
 * includeIf "hasconfig:..." nor the environment.
 */
#include "digest/scan.h"

#include <errno.h>

#include "base/alloc.h"
#include "words/words.h"

/* git's own sentence is a page of advice then (ident.c); it speaks English to
 * us. */
#define GIT_KNOWS_NOBODY "Please tell me who you are"

static void
unknown(struct row *row, const char *said)
{
	if (strstr(said, GIT_KNOWS_NOBODY))
		row_unread(row, NULL, W_DIGEST_NO_AUTHOR);
	else
		row_unread(row, W_DIGEST_AUTHOR, said);
}

int
identity_find(struct scan *scan)
{
	static const char *const args[] = {"var", "GIT_AUTHOR_IDENT", NULL};
	AUTO_BUF struct buf out = {0};
	const struct strings *given = &scan->job->authors;
	char *open, *close;
	struct err err;
	int r;

	for (size_t i = 0; i < given->n; i++)
		strings_add(&scan->mine, given->v[i]);
	if (given->n)
		return 0;
	for (size_t i = 0; i < scan->job->also.n; i++)
		strings_add(&scan->mine, scan->job->also.v[i]);
	r = scan_git(scan, args, NULL, &out, &err);
	if (r && scan->mine.n)
		return 0;
	if (r) {
		unknown(scan->row, err.text);
		return r < 0 ? r : -EINVAL;
	}
	open = out.data ? strchr(out.data, '<') : NULL;
	close = open ? strchr(open, '>') : NULL;
	if (!close) {
		row_unread(scan->row, NULL, W_DIGEST_NO_AUTHOR);
		return -EINVAL;
	}
	strings_take(&scan->mine,
		xstrndup(open + 1, (size_t)(close - open - 1)));
	return 0;
}
