/* SPDX-License-Identifier: MIT */
/*
 * The reflog is the record of what a person did, whichever program did it;
 * hooks only ring.  Here are all repositories at once, of which there is a
 * bound; what happens in one of them is repository.c's.
 */
#include "reflog/watch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/reach.h"
#include "reflog/repo.h"
#include "reflog/repository.h"

struct watch {
	struct watching own;
	struct repository **list;
	int n, most;
};

/* Two repositories may have a directory in common, and one number for it. */
static void
release(void *data, int id)
{
	struct watch *w = data;

	for (int i = 0; i < w->n; i++)
		if (repository_has(w->list[i], id))
			return;
	notify_remove(w->own.notify, id);
}

static void
forget(struct watch *w, int i)
{
	struct repository *r = w->list[i];

	w->n--;
	memmove(w->list + i, w->list + i + 1,
		(size_t)(w->n - i) * sizeof *w->list);
	repository_each_id(r, release, w);
	repository_free(r);
}

struct watch *
watch_new(const struct watch_ops *ops, void *data, int most)
{
	struct watch *w = xcalloc(1, sizeof *w);

	w->own.ops = ops;
	w->own.data = data;
	w->most = most > 0 ? most : WATCH_REPOSITORIES;
	w->list = xcalloc((size_t)w->most + 1, sizeof *w->list);
	if (notify_new(&w->own.notify) < 0)
		w->own.notify = NULL;
	return w;
}

void
watch_free(struct watch *w)
{
	if (!w)
		return;
	while (w->n)
		forget(w, w->n - 1);
	notify_free(w->own.notify);
	free(w->list);
	free(w);
}

int
watch_fd(const struct watch *w)
{
	return w->own.notify ? notify_fd(w->own.notify) : -1;
}

int
watch_count(const struct watch *w)
{
	return w->n;
}

int
watch_lost(const struct watch *w)
{
	int n = 0;

	for (int i = 0; i < w->n; i++)
		n += w->list[i]->partial && !w->list[i]->gone;
	return n;
}

const char *
watch_repository(const struct watch *w, int i)
{
	return w->list[i]->common;
}

static struct repository *
find_repository(const struct watch *w, const char *common)
{
	for (int i = 0; i < w->n; i++)
		if (streq(w->list[i]->common, common))
			return w->list[i];
	return NULL;
}

bool
watch_sees(const struct watch *w, const char *common)
{
	const struct repository *r = find_repository(w, common);

	return w->own.notify && r && !r->partial && !r->lost && !r->gone;
}

/* Makes room for one more. */
static void
forget_oldest(struct watch *w)
{
	int oldest = 0;

	for (int i = 1; i < w->n; i++)
		if (w->list[i]->used < w->list[oldest]->used)
			oldest = i;
	forget(w, oldest);
}

static void
forget_gone(struct watch *w)
{
	for (int i = w->n - 1; i >= 0; i--)
		if (w->list[i]->gone)
			forget(w, i);
}

static struct repository *
add_repository(struct watch *w, const struct repo *repo)
{
	struct repository *r = repository_new(repo->common);

	if (w->n == w->most)
		forget_oldest(w);
	w->list[w->n++] = r;
	repository_visit(&w->own, r, "");
	return r;
}

int
watch_add_repo(struct watch *w, const struct repo *repo, int64_t since,
	struct err *err)
{
	AUTO_FREE char *reftable = xasprintf("%s/reftable", repo->common);
	struct repository *r;
	int result;

	if (!reach_answers(repo->common))
		return err_set(err, -ETIMEDOUT, "%s does not answer",
			repo->common);
	if (access(reftable, F_OK) == 0)
		return err_set(err, -ENOTSUP,
			"%s keeps its reflogs in a reftable", repo->common);
	/* what git wrote before it rang is in the queue by now */
	watch_dispatch(w);
	r = find_repository(w, repo->common);
	if (!r) {
		r = add_repository(w, repo);
		repository_worktree(r, repo);
		repository_read(&w->own, r, since, false);
	} else {
		repository_worktree(r, repo);
		if (r->partial)
			repository_look(&w->own, r);
	}
	r->used = ++w->own.clock;
	result = r->partial;
	forget_gone(w);
	return result;
}

int
watch_add(struct watch *w, const char *path, int64_t since, struct err *err)
{
	AUTO_REPO struct repo repo = {0};
	int result = repo_find(path, &repo, err);

	return result < 0 ? result : watch_add_repo(w, &repo, since, err);
}

void
watch_look(struct watch *w)
{
	for (int i = 0; i < w->n; i++)
		repository_look(&w->own, w->list[i]);
	forget_gone(w);
}

static void
on_notify(void *data, enum notify_what what, int id, const char *name)
{
	struct watch *w = data;

	for (int i = 0; i < w->n; i++)
		repository_told(&w->own, w->list[i], what, id, name);
}

int
watch_dispatch(struct watch *w)
{
	int result = 0;

	if (w->own.notify)
		result = notify_read(w->own.notify, on_notify, w);
	for (int i = 0; i < w->n; i++) {
		struct repository *r = w->list[i];

		if (r->lost)
			repository_changed(&w->own, r);
		if (r->lost)
			repository_look(&w->own, r);
		else
			repository_read(&w->own, r, INT64_MIN, true);
	}
	forget_gone(w);
	return result;
}
