/* SPDX-License-Identifier: MIT */
/*
 * What a hook is answered.  Before a commit or a push only the engine is asked
 * and nothing is recorded, because nothing may come of it: a reason that was
 * given is kept, and bound to what the reflog then shows.  After a commit the
 * reflog has it already; the hook tells whose it is.
 */
#include <jansson.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "daemon/daemon.h"
#include "daemon/git.h"
#include "daemon/ledger.h"
#include "daemon/seen.h"
#include "daemon/summary.h"
#include "reflog/repo.h"
#include "words/words.h"

/* How far back a repository's log is looked at when its hook rings first. */
#define FIRST_S 60

struct ring {
	const char *hook, *reason, *email;
	const struct repo *repo;
	bool human; /* a person at a terminal, no CI */
	bool sequence;
	bool rebase; /* post-rewrite at the end of one */
	bool amend;  /* post-rewrite after one */
	int count;
};

static const char *
text(const json_t *line, const char *key)
{
	const char *value = json_string_value(json_object_get(line, key));

	return value ? value : "";
}

static bool
is_true(const json_t *line, const char *key)
{
	return json_is_true(json_object_get(line, key));
}

static struct ring
read_ring(const json_t *line, const struct repo *repo)
{
	return (struct ring){
		.hook = text(line, "hook"),
		.repo = repo,
		.reason = text(line, "reason"),
		.email = text(line, "email"),
		.human = is_true(line, "tty") && !is_true(line, "ci"),
		.sequence = is_true(line, "sequence"),
		.rebase = streq(text(line, "command"), "rebase"),
		.amend = streq(text(line, "command"), "amend"),
		.count = (int)json_integer_value(json_object_get(line, "count")),
	};
}

static json_t *
answer(const char *say, bool block)
{
	return json_pack("{ss sb}", "say", say, "block", block);
}

/* --- after ------------------------------------------------------------------ */

/* Git runs these after what is a commit, whatever a log says of it. */
static bool
tells_commit(const struct ring *ring)
{
	return !ring->sequence &&
		(streq(ring->hook, "post-commit") ||
			streq(ring->hook, "post-applypatch"));
}

/* Takes s over, with the hook's word. True when there is something to say. */
static bool
ring_for(struct git *g, struct seen *s, const struct ring *ring)
{
	bool is_new = git_is_new_commit(g, s);

	s->rung = true;
	if (s->live)
		s->instant = ledger_now(g->d); /* as it was judged */
	s->human = ring->human;
	s->email = xstrdup(ring->email);
	s->reason = xstrdup(ring->reason);
	seen_push(&g->rung, s);
	git_record_soon(g);
	return is_new;
}

/* What this working tree's log told by now is what the hook rings for. The last
 * entry of it is live even when the repository is new, and a commit whatever the
 * log says: with GIT_REFLOG_ACTION that is what somebody likes. */
static bool
take_ringing(struct git *g, const char *worktree, const struct ring *ring)
{
	struct seen *list = seen_take(&g->waiting, worktree);
	struct seen **end = &list, *s;
	bool any = false;

	while (*end)
		end = &(*end)->next;
	*end = seen_take(&g->queue, worktree);
	while ((s = list)) {
		list = s->next;
		s->live |= !list;
		if (!list && s->kind == REFLOG_OTHER && tells_commit(ring)) {
			s->kind = REFLOG_COMMIT;
			s->guessed = true;
		}
		any |= ring_for(g, s, ring);
	}
	return any;
}

/* No log tells what happens there: bare repositories, reftables. */
static bool
is_unlogged(const struct repo *repo, int added)
{
	AUTO_FREE char *log = xasprintf("%s/logs/HEAD", repo->git_dir);

	return added < 0 || access(log, F_OK) < 0;
}

/* The hook's word is all there is, so each commit is told once by it. */
static bool
ring_told(struct git *g, const struct repo *repo, const struct ring *ring)
{
	const char *top = repo->worktree ? repo->worktree : repo->common;
	struct seen *s;

	if (!ring->rebase && !tells_commit(ring))
		return false;
	s = xcalloc(1, sizeof *s);
	s->repository = xstrdup(repo->common);
	s->worktree = xstrdup(top);
	s->log = xstrdup("");
	s->kind = ring->rebase ? REFLOG_REBASE_FINISH : REFLOG_COMMIT;
	s->guessed = !ring->rebase;
	s->count = ring->rebase ? ring->count : 1;
	s->live = true;
	return ring_for(g, s, ring);
}

/* The fact and the way out, once for each commit, once for a rebase, whose
 * commits have no verdict of their own. */
static void
say_verdict(struct git *g, bool is_new, const struct ring *ring,
	struct buf *out)
{
	struct repo_state *state = git_state(g, ring->repo->common);

	if (ring->rebase || is_new) {
		state->verdict =
			ledger_judge(g->d, EVENT_COMMIT, &state->past);
		state->said = false;
	}
	if (ring->human && !ring->sequence && !state->said &&
		g->d->config->commits != POLICY_OFF)
		summary_verdict(g->d, state->verdict, state->past, out);
	state->said = true;
}

/* What post-commit told a moment ago was an amend. */
static void
was_amend(struct git *g, const char *worktree)
{
	struct seen *last = NULL;

	for (struct seen *s = g->rung; s; s = s->next)
		if (s->guessed && streq(s->worktree, worktree))
			last = s;
	if (last)
		last->kind = REFLOG_AMEND;
}

static json_t *
after_commit(struct git *g, const struct ring *ring)
{
	const struct repo *repo = ring->repo;
	const char *top = repo->worktree ? repo->worktree : repo->common;
	AUTO_BUF struct buf say = {0};
	int added = git_add(g, repo, ledger_now(g->d) - FIRST_S);
	bool is_new = take_ringing(g, top, ring);

	if (ring->amend)
		was_amend(g, top);
	if (is_unlogged(repo, added))
		is_new |= ring_told(g, repo, ring);
	say_verdict(g, is_new, ring, &say);
	return answer(say.len ? say.data : "", false);
}

/* --- before ----------------------------------------------------------------- */

struct asking {
	enum config_policy policy;
	enum engine_event_kind kind;
	const char *confirm, *refuse; /* the way on */
};

/* What stops it, or nothing. */
static bool
judge(struct git *g, const struct ring *ring, const struct asking *asking,
	struct buf *say)
{
	int64_t past;
	enum engine_verdict verdict = ledger_judge(g->d, asking->kind, &past);
	bool block = asking->policy == POLICY_REFUSE ||
		(asking->policy == POLICY_CONFIRM && !*ring->reason);

	if (verdict == VERDICT_OK)
		return false;
	if (block || asking->kind == EVENT_PUSH)
		summary_verdict(g->d, verdict, past, say);
	if (block)
		buf_addf(say, "\n%s",
			asking->policy == POLICY_CONFIRM ? asking->confirm
							 : asking->refuse);
	return block;
}

/* A hook that need not wait has let git go on, and the commit may be in the log
 * of a repository that is met only now. What was made since is no past. */
static void
meet(struct git *g, const struct repo *repo)
{
	const char *top = repo->worktree ? repo->worktree : repo->common;

	git_add(g, repo, ledger_now(g->d));
	for (struct seen *s = g->queue; s; s = s->next)
		s->live |= streq(s->worktree, top);
	git_take_queue(g);
}

static json_t *
before(struct git *g, const struct ring *ring, const struct asking *asking)
{
	AUTO_BUF struct buf say = {0};
	struct repo_state *state = git_state(g, ring->repo->common);
	bool block = false;

	meet(g, ring->repo);
	if (asking->policy != POLICY_OFF && ring->human && !ring->sequence)
		block = judge(g, ring, asking, &say);
	if (!block)
		pending_set(asking->kind == EVENT_PUSH ? &state->push
						       : &state->commit,
			ledger_now(g->d), ring->human, ring->reason);
	return answer(say.len ? say.data : "", block);
}

struct json_t *
git_hook(struct daemon *d, const json_t *line)
{
	struct ring ring = read_ring(line,
		git_whence(d->git, text(line, "cwd"), text(line, "git_dir")));
	struct asking push = {d->config->pushes, EVENT_PUSH,
		W_BLOCK_CONFIRM_PUSH, W_BLOCK_REFUSE_PUSH};
	struct asking commit = {d->config->commits, EVENT_COMMIT,
		W_BLOCK_CONFIRM, W_BLOCK_REFUSE};

	if (!ring.repo)
		return answer("", false);
	if (streq(ring.hook, "pre-push"))
		return before(d->git, &ring, &push);
	if (streq(ring.hook, "pre-commit") ||
		streq(ring.hook, "pre-merge-commit"))
		return before(d->git, &ring, &commit);
	return after_commit(d->git, &ring);
}
