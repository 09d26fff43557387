/* SPDX-License-Identifier: MIT */
/*
 * From what a reflog told to an event of the ledger.  A commit is known by its
 * name, so that it counts once however often it is told; a push is known by
 * its log, too, because one commit may be pushed to several places.
 */
#include <glib.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "daemon/privacy.h"
#include "daemon/seen.h"
#include "store/store.h"

/* How long a reason given before a commit waits for it: hooks, an editor for
 * the message. Then it is nobody's. */
#define COMMIT_PENDING_S (30 * 60)
#define PUSH_PENDING_S (60 * 60)

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

void
pending_set(struct pending *p, int64_t at, bool human, const char *reason)
{
	pending_clear(p);
	p->at = at;
	p->human = human;
	p->reason = reason && *reason ? xstrdup(reason) : NULL;
}

void
pending_clear(struct pending *p)
{
	util_freep(&p->reason);
	*p = (struct pending){0};
}

static void
state_free(gpointer data)
{
	struct repo_state *state = data;

	pending_clear(&state->commit);
	pending_clear(&state->push);
	free(state);
}

struct repo_state *
git_state(struct git *g, const char *repository)
{
	struct repo_state *state;

	if (!g->states)
		g->states = g_hash_table_new_full(g_str_hash, g_str_equal, free,
			state_free);
	state = g_hash_table_lookup(g->states, repository);
	if (!state) {
		state = xcalloc(1, sizeof *state);
		state->verdict = VERDICT_OK;
		state->said = true;
		g_hash_table_insert(g->states, xstrdup(repository), state);
	}
	return state;
}

bool
git_was_active(struct git *g, const struct seen *s)
{
	int64_t *at = g_hash_table_lookup(g->active, s->worktree);
	int64_t then = s->live ? ledger_now(g->d) : s->instant;

	return at && then - *at < g->d->config->rules.idle;
}

bool
git_pending_person(struct git *g, const struct seen *s)
{
	const struct pending *p = &git_state(g, s->repository)->commit;

	return (s->kind == REFLOG_COMMIT || s->kind == REFLOG_INITIAL ||
		       s->kind == REFLOG_AMEND ||
		       s->kind == REFLOG_MERGE_COMMIT) &&
		p->at && p->human &&
		ledger_now(g->d) - p->at < COMMIT_PENDING_S;
}

/* It is for what would not be all right without it. */
bool
git_needs_reason(struct git *g, const struct seen *s)
{
	const char *kind = event_kind(s->kind);
	int64_t past;

	if (!kind || streq(kind, "activity"))
		return false;
	if (s->recalled)
		return true; /* else it was not put on the slip */
	return s->live &&
		ledger_judge(g->d,
			streq(kind, "push") ? EVENT_PUSH : EVENT_COMMIT,
			&past) != VERDICT_OK;
}

static json_t *
details(struct git *g, const struct seen *s, const struct word *word,
	const char *kind)
{
	json_t *data = json_pack("{ss}", "git", reflog_kind_name(s->kind));

	if (s->count != 1)
		json_object_set_new(data, "count", json_integer(s->count));
	if (word->human && word->reason && *word->reason &&
		git_needs_reason(g, s))
		json_object_set_new(data, "reason", json_string(word->reason));
	if (g->d->config->projects != PRIVACY_FULL)
		return data;
	if (word->human && word->email && *word->email &&
		streq(kind, "commit"))
		json_object_set_new(data, "email", json_string(word->email));
	if (streq(kind, "push"))
		json_object_set_new(data, "log", json_string(s->log));
	return data;
}

struct sought {
	const struct seen *s;
	bool found;
};

static int
compare_push(void *data, const struct store_event *event)
{
	struct sought *sought = data;
	json_t *details = json_loads(event->data, 0, NULL);
	const char *log = json_string_value(json_object_get(details, "log"));

	sought->found = streq(event->oid, sought->s->oid) && log &&
		streq(log, sought->s->log);
	json_decref(details);
	return 0;
}

/* Written down before; a kill may have come before its mark was kept. */
static bool
is_known(struct git *g, const struct seen *s, const char *kind)
{
	struct sought sought = {.s = s};

	if (streq(kind, "commit"))
		return *s->oid && store_knows_commit(g->d->store, s->oid);
	if (streq(kind, "push") && !s->live)
		store_newest(g->d->store, "push", INT64_MAX, compare_push,
			&sought);
	return sought.found;
}

static void
keep_verdict(struct git *g, const struct seen *s, const struct outcome *out)
{
	struct repo_state *state = git_state(g, s->repository);

	state->verdict = out->judged ? out->verdict : VERDICT_OK;
	state->past = out->judged ? out->past : 0;
	state->said = s->rung; /* its hook was answered */
	memcpy(state->latest, s->oid, sizeof state->latest);
}

bool
git_is_new_commit(struct git *g, const struct seen *s)
{
	const char *kind = event_kind(s->kind);

	/* not asked of the store: somebody waits, and it is only for words */
	return kind && streq(kind, "commit") &&
		(!*s->oid ||
			!streq(git_state(g, s->repository)->latest, s->oid));
}

void
git_record(struct git *g, const struct seen *s, const struct word *word)
{
	struct pending *pending = &git_state(g, s->repository)->commit;
	const char *kind = event_kind(s->kind);
	AUTO_FREE char *project =
		privacy_project(g->d->config, s->worktree);
	struct word full = *word;
	struct outcome out;
	struct happening h = {
		.kind = kind,
		.source = word->source,
		.project = project,
		.oid = s->oid,
		.human = word->human,
		.at = s->live && !s->rung ? 0 : s->instant,
	};

	if (!kind || is_known(g, s, kind))
		return;
	if (!streq(kind, "push") && (!full.reason || !*full.reason))
		full.reason = ledger_now(g->d) - pending->at < COMMIT_PENDING_S
			? pending->reason
			: NULL;
	h.data = details(g, s, &full, kind);
	if (ledger_record(g->d, &h, &out, NULL) >= 0 && streq(kind, "commit"))
		keep_verdict(g, s, &out);
	if (streq(kind, "commit") || s->kind == REFLOG_AMEND)
		pending_clear(pending);
	json_decref(h.data);
}

void
git_record_push(struct git *g, const struct seen *s)
{
	struct pending *push = &git_state(g, s->repository)->push;
	bool rung = s->live && push->at &&
		ledger_now(g->d) - push->at < PUSH_PENDING_S;
	struct word word = {
		.human = (rung && push->human) || git_was_active(g, s),
		.source = rung ? "hook" : "watch",
		.reason = rung ? push->reason : NULL,
	};

	git_record(g, s, &word);
}
