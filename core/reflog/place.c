/* SPDX-License-Identifier: MIT */
/*
 * HEAD's logs tell what was done here, the remotes' what was pushed.  The logs
 * of branches are left out: what moves a branch without HEAD is no commit of
 * the person's, and everything else would be told twice.
 */
#include "reflog/place.h"

#include <fnmatch.h>

#define DEPTH_MAX 24 /* of a branch's name */

static const struct {
	const char *pattern;
	enum place place;
	bool content; /* of a directory: logs lie in it */
} places[] = {
	{"", PLACE_DIR, false},
	{"logs", PLACE_DIR, true},
	{"logs/HEAD", PLACE_LOG, false},
	{"logs/refs", PLACE_DIR, false},
	{"logs/refs/remotes", PLACE_DIR, true},
	{"worktrees", PLACE_DIR, false},
	{"worktrees/*", PLACE_DIR, false},
	{"worktrees/*/logs", PLACE_DIR, true},
	{"worktrees/*/logs/HEAD", PLACE_LOG, false},
};

enum place
place_of(const char *name, bool *content)
{
	size_t n = strlen(name);
	int depth = 0;

	*content = true;
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if (fnmatch(places[i].pattern, name,
			    FNM_PATHNAME | FNM_NOESCAPE) == 0) {
			*content = places[i].content;
			return places[i].place;
		}
	for (const char *s = name; *s; s++)
		depth += *s == '/';
	if (!starts_with(name, "logs/refs/remotes/") || depth > DEPTH_MAX ||
		(n > 5 && streq(name + n - 5, ".lock")))
		return PLACE_NONE;
	return PLACE_EITHER;
}
