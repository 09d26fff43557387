/* SPDX-License-Identifier: MIT */
/*
 * A hook has its answer before what it rang for is stored, and its word, whose
 * the commit is and why, stands nowhere else: a reflog does not have it, and
 * where there is none there would be nothing at all.  So it is put on a slip
 * before that, a file that is empty again as soon as the history has it.  A
 * kill leaves the slip; a power cut may take it, as it may take the commit.
 */
#include "daemon/slip.h"

#include <fcntl.h>
#include <glib.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/paths.h"
#include "daemon/daemon.h"
#include "daemon/git.h"
#include "daemon/history.h"
#include "daemon/leftover.h"
#include "daemon/privacy.h"
#include "daemon/seen.h"

/* More than hooks can ring in the time that it takes to store it. */
#define SLIP_MAX (1024 * 1024)

static char *
slip_path(const struct git *g)
{
	AUTO_FREE char *state = paths_state();

	return xasprintf("%s/%s", state,
		g->d->options.clock ? "clock.slip" : "vesper.slip");
}

/* --- writing ---------------------------------------------------------------- */

void
slip_open(struct git *g)
{
	AUTO_FREE char *path = slip_path(g);

	g->slip = open(path,
		O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC |
			O_NONBLOCK, 0600);
	slip_clear(g);
}

/* What [privacy] does not want in the history is on no slip either. */
static json_t *
to_json(struct git *g, const struct seen *s)
{
	bool full = g->d->config->projects == PRIVACY_FULL;
	AUTO_FREE char *project = privacy_project(g->d->config, s->worktree);

	return json_pack("{ss ss ss ss ss sI si sb ss ss}", "repository",
		full ? s->repository : "", "worktree", project, "log",
		full ? s->log : "", "oid", s->oid, "kind",
		reflog_kind_name(s->kind), "at", (json_int_t)s->instant,
		"count", s->count, "human", s->human, "email",
		full ? s->email : "", "reason",
		*s->reason && git_needs_reason(g, s) ? s->reason : "");
}

static void
put(struct git *g, const struct seen *s)
{
	json_t *line = to_json(g, s);
	char *text = line ? json_dumps(line, JSON_COMPACT) : NULL;
	size_t n = text ? strlen(text) : 0;

	if (text && g->slip >= 0) {
		text[n] = '\n'; /* instead of the NUL: the length is known */
		(void)!write(g->slip, text, n + 1); /* or the log alone tells */
	}
	free(text);
	json_decref(line);
}

void
git_put_on_slip(struct daemon *d)
{
	for (struct seen *s = d->git->rung; s; s = s->next) {
		if (!s->slipped)
			put(d->git, s);
		s->slipped = true;
	}
}

void
slip_clear(struct git *g)
{
	if (g->slip >= 0 && !history_is_down(g->d))
		(void)!ftruncate(g->slip, 0);
}

/* --- after a kill ------------------------------------------------------------ */

static char *
text(const json_t *line, const char *key)
{
	const char *value = json_string_value(json_object_get(line, key));

	return xstrdup(value ? value : "");
}

static bool
find_kind(const json_t *line, enum reflog_kind *out)
{
	AUTO_FREE char *name = text(line, "kind");

	for (int i = 0; i < REFLOG_KINDS; i++)
		if (streq(name, reflog_kind_name((enum reflog_kind)i))) {
			*out = (enum reflog_kind)i;
			return true;
		}
	return false;
}

/* What the log has told again, or a new one. */
static struct seen *
find_seen(struct git *g, const char *oid, enum reflog_kind kind)
{
	struct seen *s;

	for (s = g->queue; s; s = s->next)
		if (*oid && streq(s->oid, oid) && s->kind == kind)
			return s;
	s = xcalloc(1, sizeof *s);
	seen_push(&g->queue, s);
	return s;
}

static void
recall_line(struct git *g, const json_t *line)
{
	AUTO_FREE char *oid = text(line, "oid");
	struct seen *s, *next;
	enum reflog_kind kind;

	if (strlen(oid) > REFLOG_OID_MAX || !find_kind(line, &kind))
		return;
	s = find_seen(g, oid, kind);
	next = s->next;
	seen_clear(s);
	*s = (struct seen){
		.next = next,
		.repository = text(line, "repository"),
		.worktree = text(line, "worktree"),
		.log = text(line, "log"),
		.kind = kind,
		.instant = json_integer_value(json_object_get(line, "at")),
		.count = (int)json_integer_value(
			json_object_get(line, "count")),
		.rung = true,
		.slipped = true,
		.recalled = true,
		.human = json_is_true(json_object_get(line, "human")),
		.email = text(line, "email"),
		.reason = text(line, "reason"),
	};
	memcpy(s->oid, oid, strlen(oid) + 1);
}

void
slip_recall(struct git *g)
{
	AUTO_FREE char *path = slip_path(g);
	struct leftover file;
	char *next;

	if (leftover_open(&file, path, SLIP_MAX, g->d->store) < 0)
		return;
	while ((next = leftover_line(&file))) {
		json_t *line = json_loads(next, 0, NULL);

		if (json_is_object(line))
			recall_line(g, line);
		json_decref(line);
	}
	leftover_close(&file);
}
