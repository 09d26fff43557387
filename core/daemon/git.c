/* SPDX-License-Identifier: MIT */
/*
 * The watch sees a commit some milliseconds before its post-commit hook rings.
 * A commit that is not a person's by the editor's word therefore waits a
 * moment for a hook that says whether there was a terminal; it is recorded
 * once, whoever told it.
 */
#include "daemon/git.h"

#include <errno.h>
#include <glib-unix.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/log.h"
#include "daemon/daemon.h"
#include "daemon/history.h"
#include "daemon/ledger.h"
#include "daemon/spool.h"
#include "daemon/summary.h"
#include "engine/names.h"
#include "reflog/repo.h"
#include "reflog/watch.h"
#include "store/store.h"
#include "words/words.h"

/* How long a commit waits for its hook, real time. */
#define HOOK_WAIT_MS 400

/* Repositories met within this time are watched after a restart. */
#define KNOWN_DAYS 60

/* Working trees whose activity is remembered; beyond, idle ones are not. */
#define ACTIVE_MAX 256

/* Something a reflog told. */
struct seen {
	struct seen *next;
	char *repository, *worktree;
	char oid[REFLOG_OID_MAX + 1];
	enum reflog_kind kind;
	int64_t instant;
	int count;
	bool live;
};

/* The latest commit or push of a repository: what a hook is answered. */
struct latest {
	char oid[REFLOG_OID_MAX + 1];
	enum engine_verdict verdict;
	int64_t past;
	bool said;
};

struct git {
	struct daemon *d;
	struct watch *watch;
	guint source, timer;
	struct seen *queue;	/* told by the watch, not looked at yet */
	struct seen *waiting;	/* commits that wait for a hook */
	GHashTable *latest;	/* common directory -> struct latest */
	GHashTable *active;	/* working tree -> instant (malloc'ed) */
	GHashTable *marks;	/* "repository\nlog" -> mark not stored yet */
};

/* --- what the watch tells ------------------------------------------------ */

static void
seen_free(struct seen *s)
{
	free(s->repository);
	free(s->worktree);
	free(s);
}

static void
push_last(struct seen **list, struct seen *s)
{
	while (*list)
		list = &(*list)->next;
	s->next = NULL;
	*list = s;
}

/* A branch's log, unlike HEAD's, belongs to no working tree: the first one
 * stands for it, or the repository itself when it is bare. */
static char *
place_of(const struct watch_event *event)
{
	static const char dot_git[] = "/.git";
	const char *at = event->worktree ? event->worktree : event->repository;
	size_t n = strlen(at), m = strlen(dot_git);

	if (!event->worktree && n > m && streq(at + n - m, dot_git))
		n -= m;
	return xstrndup(at, n);
}

static void
on_event(void *data, const struct watch_event *event)
{
	struct git *g = data;
	struct seen *s = xcalloc(1, sizeof *s);

	s->repository = xstrdup(event->repository);
	s->worktree = place_of(event);
	memcpy(s->oid, event->entry->new_oid, sizeof s->oid);
	s->kind = event->entry->kind;
	s->instant = event->entry->instant;
	s->count = event->count;
	s->live = event->live;
	push_last(&g->queue, s);
}

/* How far a log was read is stored with what was read there, not before: a
 * commit that still waits for its hook would be lost with us. */
static void
on_keep(void *data, const char *repository, const char *log, const char *mark)
{
	struct git *g = data;

	if (g->d->config->projects == PRIVACY_FULL)
		g_hash_table_replace(g->marks,
			xasprintf("%s\n%s", repository, log), xstrdup(mark));
}

static void
store_marks(struct git *g)
{
	GHashTableIter iter;
	gpointer key, mark;

	if (g->queue || g->waiting)
		return;
	g_hash_table_iter_init(&iter, g->marks);
	while (g_hash_table_iter_next(&iter, &key, &mark)) {
		AUTO_FREE char *repository = xstrdup(key);
		char *log = strrchr(repository, '\n');

		*log++ = '\0';
		store_mark(g->d->store, repository, log, mark);
	}
	g_hash_table_remove_all(g->marks);
}

/* The newest mark, be it stored or not. */
static char *
on_recall(void *data, const char *repository, const char *log)
{
	struct git *g = data;
	AUTO_FREE char *key = xasprintf("%s\n%s", repository, log);
	const char *mark = g_hash_table_lookup(g->marks, key);

	return mark ? xstrdup(mark)
		    : store_recall(g->d->store, repository, log);
}

static const struct watch_ops watch_ops = {on_event, on_keep, on_recall};

/* --- recording ------------------------------------------------------------ */

/* What an entry is to the engine; NULL: nothing. */
static const char *
event_kind(enum reflog_kind kind)
{
	switch (kind) {
	case REFLOG_COMMIT:
	case REFLOG_INITIAL:
	case REFLOG_MERGE_COMMIT:
	case REFLOG_CHERRY_PICK:
	case REFLOG_REVERT:
	case REFLOG_AM:
		return "commit";
	case REFLOG_PUSH:
		return "push";
	case REFLOG_AMEND:
	case REFLOG_MERGE:
	case REFLOG_FORWARD:
	case REFLOG_PULL:
	case REFLOG_REBASE_FINISH:
	case REFLOG_REBASE_ABORT:
	case REFLOG_RESET:
	case REFLOG_CHECKOUT:
		return "activity";
	default:
		return NULL;
	}
}

static bool
editor_was_active(struct git *g, const struct seen *s)
{
	int64_t *at = g_hash_table_lookup(g->active, s->worktree);
	int64_t then = s->live ? ledger_now(g->d) : s->instant;

	return at && then - *at < g->d->config->rules.idle;
}

static struct latest *
latest(struct git *g, const char *repository)
{
	struct latest *l = g_hash_table_lookup(g->latest, repository);

	if (!l) {
		l = xcalloc(1, sizeof *l);
		g_hash_table_insert(g->latest, xstrdup(repository), l);
	}
	return l;
}

static void
record(struct git *g, const struct seen *s, bool human, const char *source)
{
	const char *kind = event_kind(s->kind);
	struct outcome out;
	struct latest *l;
	json_t *data;
	struct happening h = {
		.kind = kind,
		.source = source,
		.project = s->worktree,
		.oid = s->oid,
		.human = human,
		.at = s->live ? 0 : s->instant,
	};

	if (!kind)
		return;
	if (streq(kind, "commit") && store_knows_commit(g->d->store, s->oid))
		return;
	data = json_pack("{ss}", "git", reflog_kind_name(s->kind));
	if (s->count != 1)
		json_object_set_new(data, "count", json_integer(s->count));
	h.data = data;
	if (ledger_record(g->d, &h, &out, NULL) >= 0) {
		l = latest(g, s->repository);
		*l = (struct latest){.verdict = VERDICT_OK};
		memcpy(l->oid, s->oid, sizeof l->oid);
		if (out.judged) {
			l->verdict = out.verdict;
			l->past = out.past;
		}
	}
	json_decref(data);
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
 * rest after a moment for the hook. */
static void
take_queue(struct git *g)
{
	bool batch = g->queue && history_begin(g->d);
	struct seen *s;

	while ((s = g->queue)) {
		g->queue = s->next;
		if (!s->live)
			spool_take(g->d, s->instant);
		if (editor_was_active(g, s)) {
			record(g, s, true, "watch");
			seen_free(s);
		} else if (s->live) {
			push_last(&g->waiting, s);
		} else {
			record(g, s, false, "watch");
			seen_free(s);
		}
	}
	store_marks(g);
	if (batch)
		history_commit(g->d);
	if (g->waiting && !g->timer)
		g->timer = g_timeout_add(HOOK_WAIT_MS, on_wait_over, g);
}

void
git_flush(struct daemon *d)
{
	struct git *g = d->git;
	struct seen *s;
	bool batch;

	if (!g)
		return;
	watch_dispatch(g->watch);
	take_queue(g);
	batch = g->waiting && history_begin(d);
	while ((s = g->waiting)) {
		g->waiting = s->next;
		record(g, s, editor_was_active(g, s), "watch");
		seen_free(s);
	}
	store_marks(g);
	if (batch)
		history_commit(d);
	if (g->timer)
		g_source_remove(g->timer);
	g->timer = 0;
}

static gboolean
on_readable(gint fd UNUSED, GIOCondition condition UNUSED, gpointer data)
{
	struct git *g = data;

	watch_dispatch(g->watch);
	take_queue(g);
	return G_SOURCE_CONTINUE;
}

/* --- meeting repositories --------------------------------------------------- */

static void
add_known(void *data, const char *path)
{
	struct git *g = data;

	watch_add(g->watch, path, ledger_now(g->d), NULL);
}

static int
by_instant(const void *a, const void *b)
{
	const struct seen *const *x = a, *const *y = b;

	return ((*x)->instant > (*y)->instant) -
		((*x)->instant < (*y)->instant);
}

/* Caught-up events of several repositories, in order of their instants. */
static void
sort_queue(struct git *g)
{
	GPtrArray *all = g_ptr_array_new();

	for (struct seen *s = g->queue; s; s = s->next)
		g_ptr_array_add(all, s);
	g_ptr_array_sort(all, by_instant);
	g->queue = NULL;
	for (guint i = 0; i < all->len; i++)
		push_last(&g->queue, g_ptr_array_index(all, i));
	g_ptr_array_free(all, TRUE);
}

struct git *
git_new(struct daemon *d)
{
	struct git *g = xcalloc(1, sizeof *g);

	g->d = d;
	g->latest = g_hash_table_new_full(g_str_hash, g_str_equal, free, free);
	g->active = g_hash_table_new_full(g_str_hash, g_str_equal, free, free);
	g->marks = g_hash_table_new_full(g_str_hash, g_str_equal, free, free);
	g->watch = watch_new(&watch_ops, g, 0);
	return g;
}

void
git_catch_up(struct daemon *d)
{
	struct git *g = d->git;
	int64_t since = ledger_now(d) - KNOWN_DAYS * DAY_S;

	store_repositories(d->store, since, add_known, g);
	for (size_t i = 0; i < d->config->nrepositories; i++)
		add_known(g, d->config->repositories[i]);
	sort_queue(g);
	take_queue(g);
	if (watch_fd(g->watch) >= 0)
		g->source = g_unix_fd_add(watch_fd(g->watch), G_IO_IN,
			on_readable, g);
}

struct git *
git_free(struct git *g)
{
	if (!g)
		return NULL;
	for (struct seen *s; (s = g->queue); seen_free(s))
		g->queue = s->next;
	for (struct seen *s; (s = g->waiting); seen_free(s))
		g->waiting = s->next;
	if (g->source)
		g_source_remove(g->source);
	if (g->timer)
		g_source_remove(g->timer);
	watch_free(g->watch);
	g_hash_table_destroy(g->latest);
	g_hash_table_destroy(g->active);
	g_hash_table_destroy(g->marks);
	free(g);
	return NULL;
}

static gboolean
is_idle(gpointer worktree UNUSED, gpointer at, gpointer data)
{
	struct daemon *d = data;

	return ledger_now(d) - *(int64_t *)at >= d->config->rules.idle;
}

void
git_active(struct daemon *d, const char *worktree, int64_t at)
{
	int64_t *copy;

	if (!d->git || !worktree || *worktree != '/')
		return;
	if (g_hash_table_size(d->git->active) >= ACTIVE_MAX)
		g_hash_table_foreach_remove(d->git->active, is_idle, d);
	copy = xmalloc(sizeof *copy);
	*copy = at;
	g_hash_table_replace(d->git->active, xstrdup(worktree), copy);
}

/* Adds the repository around path to the watch; what it tells is queued. */
static void
meet(struct git *g, const char *path, int64_t since)
{
	AUTO_REPO struct repo repo = {0};

	if (watch_add(g->watch, path, since, NULL) < 0 ||
		repo_find(path, &repo, NULL) < 0)
		return;
	if (g->d->config->projects == PRIVACY_FULL)
		store_repository(g->d->store,
			repo.worktree ? repo.worktree : repo.common,
			ledger_now(g->d));
}

void
git_meet(struct daemon *d, const char *path)
{
	if (!d->git || !path || *path != '/')
		return;
	meet(d->git, path, ledger_now(d));
	take_queue(d->git);
}

void
git_look(struct daemon *d)
{
	if (!d->git)
		return;
	watch_look(d->git->watch);
	take_queue(d->git);
}

/* --- hooks ------------------------------------------------------------------ */

struct ring {
	const char *hook, *path, *reason;
	bool tty, ci, sequence;
	bool rebase; /* post-rewrite at the end of one */
};

static struct ring
read_ring(const json_t *line)
{
	const char *cwd = json_string_value(json_object_get(line, "cwd"));
	const char *dir = json_string_value(json_object_get(line, "git_dir"));
	const char *hook = json_string_value(json_object_get(line, "hook"));
	const char *why = json_string_value(json_object_get(line, "reason"));
	const char *command = json_string_value(json_object_get(line,
		"command"));

	return (struct ring){
		.hook = hook ? hook : "",
		.path = dir && *dir == '/' ? dir : cwd,
		.reason = why ? why : "",
		.tty = json_is_true(json_object_get(line, "tty")),
		.ci = json_is_true(json_object_get(line, "ci")),
		.sequence = json_is_true(json_object_get(line, "sequence")),
		.rebase = command && streq(command, "rebase"),
	};
}

static struct json_t *
answer(const char *say, bool block)
{
	return json_pack("{ss sb}", "say", say, "block", block);
}

/* Everything of this repository that was told by now is a person's (or not, in
 * CI); the entry a hook rings for is live even when the repository is new. */
static void
take_ringing(struct git *g, const char *repository, bool human)
{
	struct seen *s, *others = NULL, *last = NULL;
	bool batch = history_begin(g->d);

	for (s = g->queue; s; s = s->next)
		if (streq(s->repository, repository))
			last = s;
	if (last)
		last->live = true;
	for (struct seen **list = &g->waiting; *list;) {
		s = *list;
		if (!streq(s->repository, repository)) {
			list = &s->next;
			continue;
		}
		*list = s->next;
		record(g, s, human, "hook");
		seen_free(s);
	}
	while ((s = g->queue)) {
		g->queue = s->next;
		if (!streq(s->repository, repository)) {
			push_last(&others, s);
			continue;
		}
		record(g, s, human, "hook");
		seen_free(s);
	}
	g->queue = others;
	take_queue(g); /* stores the marks, too */
	if (batch)
		history_commit(g->d);
}

/* A repository without a reflog: the hook's word is all there is. */
static void
record_bare(struct git *g, const struct repo *repo, bool human)
{
	struct seen s = {
		.repository = repo->common,
		.worktree = repo->worktree ? repo->worktree : repo->common,
		.kind = REFLOG_COMMIT,
		.count = 1,
		.live = true,
	};

	record(g, &s, human, "hook");
}

/* After a commit: the fact and the way out, once for each commit. */
static struct json_t *
after_commit(struct git *g, const struct ring *ring)
{
	AUTO_REPO struct repo repo = {0};
	AUTO_BUF struct buf say = {0};
	bool human = ring->tty && !ring->ci;
	struct latest *l;
	int64_t past;

	if (repo_find(ring->path, &repo, NULL) < 0)
		return answer("", false);
	meet(g, ring->path, ledger_now(g->d) - 60);
	watch_dispatch(g->watch);
	take_ringing(g, repo.common, human);
	if (!g_hash_table_contains(g->latest, repo.common) &&
		streq(ring->hook, "post-commit"))
		record_bare(g, &repo, human);
	l = latest(g, repo.common);
	if (ring->rebase) { /* once for all its commits, which have no verdict */
		l->verdict = ledger_judge(g->d, EVENT_COMMIT, &past);
		l->past = past;
		l->said = false;
	}
	if (human && !ring->sequence && !l->said &&
		g->d->config->commits != POLICY_OFF)
		summary_verdict(g->d, l->verdict, l->past, &say);
	l->said = true;
	return answer(say.len ? say.data : "", false);
}

static struct json_t *
before(struct git *g, const struct ring *ring, enum config_policy policy,
	enum engine_event_kind kind)
{
	AUTO_BUF struct buf say = {0};
	enum engine_verdict verdict;
	int64_t past;
	bool block;

	if (policy == POLICY_OFF || ring->sequence || !ring->tty || ring->ci)
		return answer("", false);
	verdict = ledger_judge(g->d, kind, &past);
	block = verdict != VERDICT_OK &&
		(policy == POLICY_REFUSE ||
			(policy == POLICY_CONFIRM && !*ring->reason));
	if (block || (kind == EVENT_PUSH && verdict != VERDICT_OK))
		summary_verdict(g->d, verdict, past, &say);
	if (block)
		buf_addf(&say, "\n%s",
			policy == POLICY_CONFIRM ? W_BLOCK_CONFIRM
						 : W_BLOCK_REFUSE);
	return answer(say.len ? say.data : "", block);
}

struct json_t *
git_hook(struct daemon *d, const json_t *line)
{
	struct ring ring = read_ring(line);

	if (!ring.path || *ring.path != '/')
		return answer("", false);
	if (streq(ring.hook, "pre-push"))
		return before(d->git, &ring, d->config->pushes, EVENT_PUSH);
	if (streq(ring.hook, "pre-commit") ||
		streq(ring.hook, "pre-merge-commit"))
		return before(d->git, &ring,
			d->config->commits == POLICY_NUDGE ? POLICY_OFF
							   : d->config->commits,
			EVENT_COMMIT);
	return after_commit(d->git, &ring);
}
