/* SPDX-License-Identifier: MIT */
/*
 * The watch sees a commit some milliseconds before its post-commit hook rings.
 * A commit that is not a person's by the editor's word therefore waits a
 * moment for a hook that says whether there was a terminal; it is recorded
 * once, whoever told it.
 *
 * How far a log was read is stored with what was read there, not before: what
 * still waits for its hook, or for a hook to have its answer, would be lost
 * with us.
 */
#include "daemon/git.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "daemon/daemon.h"
#include "daemon/gather.h"
#include "daemon/ledger.h"
#include "daemon/said.h"
#include "daemon/seen.h"
#include "daemon/slip.h"
#include "daemon/spool.h"
#include "reflog/repo.h"
#include "reflog/watch.h"
#include "store/store.h"

/* How long a commit waits for its hook, real time. */
#define HOOK_WAIT_MS 400

/* How long the watch collects what happens, and git has the machine to itself
 * after a hook, real time. */
#define PAUSE_MS 50

/* --- what the watch tells ------------------------------------------------ */

/* A branch's log, unlike HEAD's, belongs to no working tree: the first one
 * stands for it, or the repository itself when it is bare. */
static char *
place_of(const struct watch_event *event)
{
	char *place = event->worktree
		? xstrdup(event->worktree)
		: repo_log_worktree(event->repository, "logs/HEAD");

	return place ? place : xstrdup(event->repository);
}

static void
on_event(void *data, const struct watch_event *event)
{
	struct git *g = data;
	struct seen *s = xcalloc(1, sizeof *s);

	s->repository = xstrdup(event->repository);
	s->log = xstrdup(event->log);
	s->worktree = place_of(event);
	memcpy(s->oid, event->entry->new_oid, sizeof s->oid);
	s->kind = event->entry->kind;
	s->instant = event->entry->instant;
	s->count = event->count;
	s->live = event->live;
	seen_push(&g->queue, s);
}

static void
on_keep(void *data, const char *repository, const char *log, const char *mark)
{
	struct git *g = data;

	g_hash_table_replace(g->marks, xasprintf("%s\n%s", repository, log),
		xstrdup(mark));
}

static char *
on_recall(void *data, const char *repository, const char *log)
{
	struct git *g = data;
	AUTO_FREE char *key = xasprintf("%s\n%s", repository, log);
	const char *mark = g_hash_table_lookup(g->marks, key);

	return mark ? xstrdup(mark)
		    : store_recall(g->d->store, repository, log);
}

static void
on_changed(void *data UNUSED, const char *repository)
{
	said_changed(repository);
}

static const struct watch_ops watch_ops = {on_event, on_keep, on_recall,
	on_changed};

/* --- recording ------------------------------------------------------------ */

static bool
store_gathered(struct git *g)
{
	if (gather_settle(g->d) < 0)
		return false;
	if (!g->rung)
		slip_clear(g);
	return true;
}

/* With what was recorded since gather_open(), if that can be stored as a
 * whole. */
static void
keep_marks(struct git *g)
{
	GHashTableIter iter;
	gpointer key, mark;

	if (g->queue || g->waiting || g->rung || !said_drop(g->d)) {
		store_gathered(g);
		return;
	}
	g_hash_table_iter_init(&iter, g->marks);
	while (g_hash_table_iter_next(&iter, &key, &mark)) {
		char *log = strrchr(key, '\n');

		*log = '\0';
		if (g->d->config->projects == PRIVACY_FULL)
			store_mark(g->d->store, key, log + 1, mark);
		*log = '\n';
	}
	if (store_gathered(g))
		g_hash_table_remove_all(g->marks);
}

/* By the word of its hook, of the hook before it, or the editor: the hook after
 * it may be another program's. */
static void
record(struct git *g, const struct seen *s)
{
	bool person = !s->rung && s->live && git_pending_person(g, s);
	struct word word = {
		.human = s->human || person || git_was_active(g, s),
		.source = s->rung || person ? "hook" : "watch",
		.email = s->email,
		.reason = s->reason,
	};

	if (s->kind == REFLOG_PUSH)
		git_record_push(g, s);
	else
		git_record(g, s, &word);
}

void
git_record_rung(struct git *g)
{
	bool some = g->rung != NULL;
	struct seen *s;

	while ((s = g->rung)) {
		gather_open(g->d);
		g->rung = s->next;
		record(g, s);
		seen_free(s);
	}
	if (some)
		keep_marks(g);
}

void
git_settle(struct daemon *d)
{
	if (d->git)
		git_record_rung(d->git);
}

static gboolean
on_soon(gpointer data)
{
	struct git *g = data;

	g->soon = 0;
	git_record_rung(g);
	git_take_queue(g);
	return G_SOURCE_REMOVE;
}

void
git_record_soon(struct git *g)
{
	if (!g->soon)
		g->soon = g_timeout_add(PAUSE_MS, on_soon, g);
}

/* Marks that came with nothing to record, after who waits for an answer has
 * it. */
static gboolean
on_idle(gpointer data)
{
	struct git *g = data;

	g->idle = 0;
	keep_marks(g);
	return G_SOURCE_REMOVE;
}

static gboolean
on_wait_over(gpointer data)
{
	struct git *g = data;

	g->timer = 0;
	git_flush(g->d);
	return G_SOURCE_REMOVE;
}

/* Looks at what the watch told: a person's by the editor's word at once, the
 * rest after a moment for the hook. A push's hook comes before it. */
void
git_take_queue(struct git *g)
{
	bool some = g->queue != NULL;
	struct seen *s;

	while ((s = g->queue)) {
		gather_open(g->d);
		g->queue = s->next;
		if (!s->live)
			spool_take(g->d, s->instant);
		if (s->kind != REFLOG_PUSH && s->live &&
			!git_was_active(g, s)) {
			seen_push(&g->waiting, s);
			continue;
		}
		record(g, s);
		seen_free(s);
	}
	if (some)
		keep_marks(g);
	if (g->waiting && !g->timer)
		g->timer = g_timeout_add(HOOK_WAIT_MS, on_wait_over, g);
	if (!g->idle)
		g->idle = g_idle_add(on_idle, g);
}

void
git_flush(struct daemon *d)
{
	struct git *g = d->git;
	struct seen *s;

	if (!g)
		return;
	git_record_rung(g);
	watch_dispatch(g->watch);
	git_take_queue(g);
	while ((s = g->waiting)) {
		gather_open(d);
		g->waiting = s->next;
		record(g, s);
		seen_free(s);
	}
	keep_marks(g);
	if (g->timer)
		g_source_remove(g->timer);
	g->timer = 0;
}

void
git_knock(void *daemon)
{
	struct git *g = ((struct daemon *)daemon)->git;

	if (!g)
		return;
	watch_dispatch(g->watch);
	if (g->queue)
		git_record_soon(g);
}

static gboolean on_readable(gint fd, GIOCondition condition, gpointer data);

static void
listen_again(struct git *g)
{
	g->source = g_unix_fd_add(watch_fd(g->watch), G_IO_IN, on_readable, g);
}

static gboolean
on_pause_over(gpointer data)
{
	struct git *g = data;

	g->pause = 0;
	watch_dispatch(g->watch);
	git_take_queue(g);
	listen_again(g);
	return G_SOURCE_REMOVE;
}

/* A git command makes a dozen events; looking at each would cost it more than
 * its hook does. Who cannot wait, a hook, looks by itself. */
static gboolean
on_readable(gint fd UNUSED, GIOCondition condition UNUSED, gpointer data)
{
	struct git *g = data;

	g->source = 0;
	g->pause = g_timeout_add(PAUSE_MS, on_pause_over, g);
	return G_SOURCE_REMOVE;
}

/* --- life ------------------------------------------------------------------ */

struct git *
git_new(struct daemon *d)
{
	struct git *g = xcalloc(1, sizeof *g);

	g->d = d;
	g->slip = -1;
	g->active = g_hash_table_new_full(g_str_hash, g_str_equal, free, free);
	g->marks = g_hash_table_new_full(g_str_hash, g_str_equal, free, free);
	g->watch = watch_new(&watch_ops, g, 0);
	return g;
}

struct catching_up {
	struct git *g;
	int64_t since;
};

static void
add_known(void *data, const char *path)
{
	const struct catching_up *c = data;

	watch_add(c->g->watch, path, c->since, NULL);
}

/* From when on there was nobody to see what a log without a mark tells: one of
 * a branch or a working tree that is new since, or whose mark is not kept. */
static int64_t
last_seen(struct daemon *d)
{
	int64_t now = ledger_now(d), alive = store_alive(d->store, now);

	return alive < 0 ? now : alive;
}

void
git_caught_up(struct daemon *d)
{
	slip_open(d->git);
}

void
git_catch_up(struct daemon *d)
{
	struct git *g = d->git;
	struct catching_up c = {g, last_seen(d)};

	store_repositories(d->store, ledger_now(d) - KNOWN_DAYS * DAY_S,
		add_known, &c);
	for (size_t i = 0; i < d->config->nrepositories; i++)
		add_known(&c, d->config->repositories[i]);
	slip_recall(g);
	seen_settle(&g->queue, ledger_now(d));
	git_take_queue(g);
	if (watch_fd(g->watch) >= 0)
		listen_again(g);
}

static void
free_list(struct seen **list)
{
	struct seen *s;

	while ((s = *list)) {
		*list = s->next;
		seen_free(s);
	}
}

struct git *
git_free(struct git *g)
{
	if (!g)
		return NULL;
	free_list(&g->queue);
	free_list(&g->waiting);
	free_list(&g->rung);
	if (g->source)
		g_source_remove(g->source);
	if (g->timer)
		g_source_remove(g->timer);
	if (g->idle)
		g_source_remove(g->idle);
	if (g->pause)
		g_source_remove(g->pause);
	if (g->soon)
		g_source_remove(g->soon);
	if (g->slip >= 0)
		close(g->slip);
	watch_free(g->watch);
	g_hash_table_destroy(g->active);
	g_hash_table_destroy(g->marks);
	if (g->states)
		g_hash_table_destroy(g->states);
	if (g->whence)
		g_hash_table_destroy(g->whence);
	free(g);
	return NULL;
}
