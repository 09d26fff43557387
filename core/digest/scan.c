/* SPDX-License-Identifier: MIT */
/*
 * The order is that of what must not be lost: what is cheap and certain
 * first, lines and the working tree last.  The deadline here lies a little
 * before the parent's, so that what is known still gets out.
 */
#include "digest/scan.h"

#include <errno.h>
#include <git2.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "digest/refs.h"
#include "words/words.h"

/* Understood well enough to read: promised objects that are missing are
 * errors to libgit2, and named. */
static const char *extensions[] = {"worktreeconfig", "preciousobjects",
	"relativeworktrees", "partialclone"};

void
scan_init(void)
{
	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
		ARRAY_SIZE(extensions));
	/* reading, not fetching: hashing every object again costs a fifth */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT,
		(size_t)256 * 1024 * 1024);
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)8 * 1024 * 1024);
}

int
scan_child(struct scan *scan, struct child *child, const char *const *args,
	struct buf *out, struct err *err)
{
	int r;

	child->dir = scan->place.top ?: scan->place.git_dir;
	child->until_ns = scan->until_ns;
	child->filters = &scan->filters;
	r = child_git(child, args, out, err);
	if (r == -ETIMEDOUT)
		err_set(err, r, W_DIGEST_SLOW,
			(double)scan->deadline_ms / 1000);
	return r;
}

int
scan_git(struct scan *scan, const char *const *args, const struct buf *input,
	struct buf *out, struct err *err)
{
	struct child child = {.input = input};

	return scan_child(scan, &child, args, out, err);
}

static void
read_shallow(struct scan *scan)
{
	AUTO_FREE char *text =
		place_read(scan->place.common, "shallow", 1 << 20);
	char *rest = text, *line;
	struct id id;

	while (rest && (line = strtok_r(rest, "\n", &rest)))
		if (id_parse(line, &id))
			ids_add(&scan->shallow, &id);
}

static void
close_repository(struct scan *scan)
{
	refs_free(scan->refs);
	commits_free(scan->commits);
	git_config_free(scan->config);
	git_odb_free(scan->odb);
	git_repository_free(scan->repo);
	scan->refs = NULL;
	scan->commits = NULL;
	scan->config = NULL;
	scan->odb = NULL;
	scan->repo = NULL;
}

/* Opens it with libgit2; where that fails, scan->repo stays NULL and git
 * reads everything. */
static void
open_repository(struct scan *scan)
{
	const char *path = scan->place.top ?: scan->place.git_dir;

	if (git_repository_open_ext(&scan->repo, path,
		    GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) < 0)
		return;
	read_shallow(scan);
	if (git_repository_odb(&scan->odb, scan->repo) < 0 ||
		git_repository_config_snapshot(&scan->config, scan->repo) < 0 ||
		refs_read(scan, &scan->refs) < 0) {
		close_repository(scan);
		return;
	}
	scan->commits = commits_new(scan->odb, &scan->shallow,
		scan->job->since, scan->job->until);
}

/* A directory .git whose config says "bare" has no tree of its own. */
static void
settle_bare(struct scan *scan)
{
	if (scan->repo && scan->place.top && git_repository_is_bare(scan->repo) &&
		streq(scan->place.git_dir, scan->place.common)) {
		util_freep(&scan->place.top);
		scan->place.top = NULL;
	}
}

static void
read_commits(struct scan *scan)
{
	if (identity_find(scan) < 0)
		return;
	if (scan->repo && log_read(scan) == 0) {
		strays_read(scan);
		log_lines(scan);
		return;
	}
	gitlog_read(scan);
	gitlog_lines(scan);
}

static void
read_all(struct scan *scan)
{
	struct row *row = scan->row;

	open_repository(scan);
	settle_bare(scan);
	row->common = xstrdup(scan->place.common);
	row->top = scan->place.top ? xstrdup(scan->place.top) : NULL;
	row->state = place_state(&scan->place);
	stash_read(scan);
	if (scan->repo && !refs_replaced(scan->refs))
		unpushed_read(scan);
	else
		gitrefs_read(scan);
	read_commits(scan);
	status_read(scan);
	if (scan->job->open)
		open_todos(scan);
	close_repository(scan);
}

void
scan_run(const struct job *job, int64_t deadline_ms, struct buf *out)
{
	struct row row;
	struct scan scan = {
		.job = job, .row = &row, .deadline_ms = deadline_ms};
	struct err err;

	row_init(&row);
	scan.until_ns = clock_mono_ns() + deadline_ms * NS_PER_MS * 9 / 10;
	if (job->bad)
		row_unread(&row, NULL, job->bad);
	else if (place_find(job->path, &scan.place, &err) < 0)
		row_unread(&row, NULL, err.text);
	else
		read_all(&scan);
	row_write(&row, job, out);
	row_free(&row);
	place_free(&scan.place);
	strings_free(&scan.mine);
	strings_free(&scan.filters);
	ids_free(&scan.shallow);
}
