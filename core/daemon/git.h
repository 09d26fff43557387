/* SPDX-License-Identifier: MIT */
/*
 * Git, heard of in two ways: the watch on reflogs, which is the record, and
 * hooks, which ring and tell whether a person sits at the terminal.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct daemon;
struct git;
struct json_t;

/* Watches nothing yet; the daemon is borrowed. git_free() takes NULL, too, and
 * returns it. */
struct git *git_new(struct daemon *d);
struct git *git_free(struct git *g);

/* Known repositories are watched; what happened in them since is recorded with
 * its own instants, so this runs before the ledger goes live. */
void git_catch_up(struct daemon *d);

/* When that is in the history. */
void git_caught_up(struct daemon *d);

/* An editor or a hook works in this directory: it is watched from now on. */
void git_meet(struct daemon *d, const char *path);

/* An editor reported activity of a person below this directory. */
void git_active(struct daemon *d, const char *worktree, int64_t at);

/* Somebody is about to speak, perhaps a hook: the daemon reads the logs. */
void git_knock(void *daemon);

/* A hook's line. The answer {"say":...,"block":...}; the caller's. */
struct json_t *git_hook(struct daemon *d, const struct json_t *line);

/* Before that answer goes out: what it is about survives a kill then. */
void git_put_on_slip(struct daemon *d);

/* Writes down now what hooks told; before an answer to anybody. */
void git_settle(struct daemon *d);

/* Decides now about commits that still wait for a hook's word. */
void git_flush(struct daemon *d);

/* Whether the repository with this common directory is seen to the last change:
 * what was known of it holds until said_changed() is told otherwise. */
bool git_sees(struct daemon *d, const char *common);

/* Looks at all repositories, as after a suspend. */
void git_look(struct daemon *d);

/* Calls fn for each repository that is known or configured: 0, 1 when it is
 * looked at only now and then, or -errno with why it is not seen at all. */
typedef void git_seen_fn(void *data, const char *path, int state,
	const char *why);
void git_each(struct daemon *d, git_seen_fn *fn, void *data);

/* How many repositories are not watched, or only in part. */
int git_unwatched(struct daemon *d);
