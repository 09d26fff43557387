/* SPDX-License-Identifier: MIT */
/*
 * Unpushed is what no remote has: a branch whose tip some remote-tracking
 * branch reaches is pushed, whatever it is set to follow (people fetch from
 * one remote and push to another).  Otherwise the number is that of
 * for-each-ref: commits ahead of its upstream, or on no remote at all.  The
 * walk paints both sides and stops when nothing unpainted is left; far-apart
 * refs are git's, which has the commit-graph's generation numbers.
 */
#include "digest/scan.h"

#include <git2.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "digest/refs.h"
#include "words/words.h"

#define SLOP 32
#define WALK_MAX 1024

enum { OURS = 1, THEIRS = 2 };

struct paint {
	struct scan *scan;
	struct queue queue;
	struct commit **touched;
	size_t n_touched;
	size_t open; /* queued commits that are only ours */
	bool failed;
};

static void
touch(struct paint *p, struct commit *c)
{
	if ((p->n_touched & (p->n_touched - 1)) == 0)
		p->touched = xrealloc(p->touched,
			(p->n_touched ? 2 * p->n_touched : 1) *
				sizeof(*p->touched));
	p->touched[p->n_touched++] = c;
}

static void
mark(struct paint *p, const struct id *id, unsigned flags)
{
	struct commit *c;

	if (commits_get(p->scan->commits, id, &c) < 0) {
		p->failed = true;
		return;
	}
	if ((c->flags | flags) == c->flags)
		return;
	if (!c->flags)
		touch(p, c);
	if (c->queued && c->flags == OURS)
		p->open--;
	c->flags |= flags;
	if (!c->queued)
		queue_push(&p->queue, c);
	c->queued = true;
	if (c->flags == OURS)
		p->open++;
}

static void
paint(struct paint *p)
{
	struct commit *c;
	int idle = 0;

	while (idle < SLOP && p->n_touched < WALK_MAX && !p->failed &&
		(c = queue_pop(&p->queue))) {
		c->queued = false;
		if (c->flags == OURS)
			p->open--;
		for (size_t i = 0; i < c->parents.n; i++)
			mark(p, &c->parents.v[i], c->flags);
		idle = p->open ? 0 : idle + 1;
	}
}

/* Commits of tip that none of hidden has; UNKNOWN when it would take long. */
static int64_t
count_missing(struct scan *scan, const struct id *tip, const struct ids *hidden)
{
	struct paint p = {.scan = scan};
	int64_t n = 0;

	if (ids_has(hidden, tip))
		return 0;
	mark(&p, tip, OURS);
	for (size_t i = 0; i < hidden->n; i++)
		mark(&p, &hidden->v[i], THEIRS);
	p.failed = false; /* a remote's ref may name what is not a commit */
	paint(&p);
	if (p.failed || (p.n_touched >= WALK_MAX && p.open))
		n = UNKNOWN;
	for (size_t i = 0; i < p.n_touched; i++) {
		if (n >= 0 && p.touched[i]->flags == OURS)
			n++;
		p.touched[i]->flags = 0;
		p.touched[i]->queued = false;
	}
	queue_free(&p.queue);
	free(p.touched);
	return n;
}

static int64_t
missing(struct scan *scan, const struct id *tip, const struct ids *hidden,
	const char *name)
{
	const char *one[] = {name, NULL};
	char hex[41];
	int64_t n = count_missing(scan, tip, hidden);

	if (n != UNKNOWN)
		return n;
	id_text(tip, hex);
	return gitrefs_count(scan, hex, name ? one : NULL);
}

/* The remote-tracking branch that name follows, or NULL; the caller frees. */
static char *
upstream_of(struct scan *scan, const char *name)
{
	git_buf buf = {0};
	char *upstream = NULL;

	if (git_branch_upstream_name(&buf, scan->repo, name) == 0 &&
		starts_with(buf.ptr, "refs/remotes/"))
		upstream = xstrdup(buf.ptr);
	git_buf_dispose(&buf);
	return upstream;
}

static void
report(struct scan *scan, const struct branch *branch, const char *upstream,
	bool gone, int64_t n)
{
	struct unpushed *u = row_add_unpushed(scan->row);

	u->branch = xstrdup(branch->name + strlen("refs/heads/"));
	u->upstream =
		upstream ? xstrdup(upstream + strlen("refs/remotes/")) : NULL;
	u->gone = gone;
	u->commits = n;
}

static void
read_branch(struct scan *scan, const struct branch *branch)
{
	AUTO_FREE char *upstream = upstream_of(scan, branch->name);
	const struct ids *remotes = refs_remotes(scan->refs);
	struct ids follows = {0};
	const struct id *there =
		upstream ? refs_remote(scan->refs, upstream) : NULL;
	int64_t n;

	if (ids_has(remotes, &branch->tip))
		return;
	if (there) {
		ids_add(&follows, there);
		n = missing(scan, &branch->tip, &follows, upstream);
		if (n > 0 && count_missing(scan, &branch->tip, remotes) == 0)
			n = 0;
		ids_free(&follows);
	} else {
		n = missing(scan, &branch->tip, remotes, NULL);
	}
	if (n)
		report(scan, branch, upstream, upstream && !there, n);
}

void
unpushed_read(struct scan *scan)
{
	git_strarray remotes = {0};
	const struct branch *branches;
	size_t n;

	branches = refs_branches(scan->refs, &n);
	for (size_t i = 0; i < n; i++)
		read_branch(scan, &branches[i]);
	scan->row->refs_read = true;
	if (git_remote_list(&remotes, scan->repo) == 0)
		scan->row->remotes = (int64_t)remotes.count;
	git_strarray_dispose(&remotes);
}
