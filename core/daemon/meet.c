/* SPDX-License-Identifier: MIT */
/*
 * Which repositories are watched: those in the config, and each that an editor
 * or a hook worked in, for some weeks after that.
 */
#include <glib.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "daemon/daemon.h"
#include "daemon/git.h"
#include "daemon/ledger.h"
#include "daemon/seen.h"
#include "reflog/repo.h"
#include "reflog/watch.h"
#include "store/store.h"

/* How often it is written down that a repository is still met. */
#define KNOWN_EVERY_S 3600

/* Working trees whose activity is remembered; beyond, idle ones are not. */
#define ACTIVE_MAX 256

static gboolean
is_idle(gpointer worktree UNUSED, gpointer at, gpointer data)
{
	struct daemon *d = data;

	return ledger_now(d) - *(int64_t *)at >= d->config->rules.idle;
}

void
git_active(struct daemon *d, const char *worktree, int64_t at)
{
	AUTO_REPO struct repo repo = {0};
	int64_t *copy;

	if (!d->git || !worktree || *worktree != '/' ||
		repo_find(worktree, &repo, NULL) < 0)
		return;
	if (g_hash_table_size(d->git->active) >= ACTIVE_MAX)
		g_hash_table_foreach_remove(d->git->active, is_idle, d);
	copy = xmalloc(sizeof *copy);
	*copy = at;
	g_hash_table_replace(d->git->active,
		xstrdup(repo.worktree ? repo.worktree : repo.common), copy);
}

int
git_add(struct git *g, const struct repo *repo, int64_t since)
{
	struct repo_state *state = git_state(g, repo->common);
	int r = watch_add_repo(g->watch, repo, since, NULL);

	if (r < 0 || g->d->config->projects != PRIVACY_FULL ||
		(state->met && ledger_now(g->d) - state->met < KNOWN_EVERY_S))
		return r;
	state->met = ledger_now(g->d);
	store_repository(g->d->store,
		repo->worktree ? repo->worktree : repo->common, state->met);
	return r;
}

void
git_meet(struct daemon *d, const char *path)
{
	AUTO_REPO struct repo repo = {0};

	if (!d->git || !path || *path != '/' ||
		repo_find(path, &repo, NULL) < 0)
		return;
	git_add(d->git, &repo, ledger_now(d));
	git_take_queue(d->git);
}

bool
git_sees(struct daemon *d, const char *common)
{
	return d->git && watch_sees(d->git->watch, common);
}

void
git_look(struct daemon *d)
{
	if (!d->git)
		return;
	watch_look(d->git->watch);
	git_take_queue(d->git);
}

/* --- what is seen ------------------------------------------------------------ */

int
git_unwatched(struct daemon *d)
{
	return d->git ? watch_lost(d->git->watch) : 0;
}

struct telling {
	struct git *g;
	git_seen_fn *fn;
	void *data;
	GHashTable *told;
};

static void
tell_one(void *data, const char *path)
{
	struct telling *t = data;
	AUTO_REPO struct repo repo = {0};
	struct err err = {0};
	int r = repo_find(path, &repo, &err);
	const char *key = repo.common ? repo.common : path;

	if (g_hash_table_contains(t->told, key))
		return;
	g_hash_table_add(t->told, xstrdup(key));
	if (r == 0)
		r = watch_add(t->g->watch, path, ledger_now(t->g->d), &err);
	t->fn(t->data, repo.worktree ? repo.worktree : path, r,
		r < 0 ? err.text : NULL);
}

void
git_each(struct daemon *d, git_seen_fn *fn, void *data)
{
	struct telling t = {d->git, fn, data,
		g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL)};
	AUTO_FREE char *path = NULL;

	for (size_t i = 0; i < d->config->nrepositories; i++)
		tell_one(&t, d->config->repositories[i]);
	for (int i = 0; i < watch_count(t.g->watch); i++) {
		free(path);
		path = xstrdup(watch_repository(t.g->watch, i));
		tell_one(&t, path);
	}
	store_repositories(d->store, ledger_now(d) - KNOWN_DAYS * DAY_S,
		tell_one, &t);
	g_hash_table_destroy(t.told);
	git_take_queue(t.g);
}
