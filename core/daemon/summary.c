/* SPDX-License-Identifier: MIT */
/*
 * Words for what the engine decided.  The commits of the end-of-day summary
 * come from the digest when it has answered, until then from the events.
 */
#include "daemon/summary.h"

#include <jansson.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "daemon/note.h"
#include "daemon/report.h"
#include "daemon/tally.h"
#include "words/words.h"

/* How many repositories with something open a popup names. */
#define OPEN_NAMED 3

/* Longest name of a repository in a popup, in bytes: two lines say the day. */
#define OPEN_NAME_BYTES 32

void
summary_length(int64_t seconds, struct buf *out)
{
	long long h = seconds / 3600, m = seconds / 60 % 60;

	if (h && m)
		buf_addf(out, W_LENGTH_HM, h, m);
	else if (h)
		buf_addf(out, W_LENGTH_H, h);
	else if (m)
		buf_addf(out, W_LENGTH_M, m);
	else
		buf_addf(out, W_LENGTH_S, (long long)seconds);
}

void
summary_length_forms(struct buf *out)
{
	buf_addf(out, "%s\n%s\n%s\n%s\n", W_LENGTH_HM, W_LENGTH_H,
		W_LENGTH_M, W_LENGTH_S);
}

/* The length as a string that lives as long as `out` is not touched. */
static const char *
length(int64_t seconds, struct buf *out)
{
	buf_clear(out);
	summary_length(seconds, out);
	return out->data;
}

static void
title_warn(const struct engine_effect *effect, const struct engine_view *view,
	struct buf *out)
{
	AUTO_BUF struct buf left = {0}, limit = {0};
	char end[CIVIL_TEXT];
	int64_t to_end = view->effective_end - effect->at;

	if (to_end <= effect->notice.about || view->limit == RULES_NONE) {
		buf_addf(out, W_TITLE_WARN,
			civil_time_text(view->effective_end, end),
			length(to_end, &left));
		return;
	}
	buf_addf(out, W_TITLE_WARN_LIMIT, length(view->worked, &left),
		length(view->limit, &limit));
}

static void
title_merge(const struct engine_effect *effect, const struct engine_view *view,
	struct buf *out)
{
	AUTO_BUF struct buf worked = {0};
	char at[CIVIL_TEXT];

	if (view->limit != RULES_NONE && view->worked >= view->limit &&
		view->effective_end < view->end)
		buf_addf(out, W_TITLE_MERGE_LIMIT,
			length(view->worked, &worked));
	else
		buf_addf(out, W_TITLE_MERGE,
			civil_time_text(effect->at, at));
}

/* The name of the protected block that begins at `from`; NULL when private. */
static const char *
block_name(struct daemon *d, int64_t from)
{
	struct engine_plan plan;

	engine_plan(ledger_engine(d), civil_local(from, NULL), &plan);
	for (int i = 0; i < plan.nblock; i++) {
		const struct rules_block *block =
			&d->config->rules.block[plan.block[i].block];

		if (plan.block[i].from == from)
			return block->private ? NULL
				: *block->name	      ? block->name
						      : W_PROTECTED_TIME;
	}
	return NULL;
}

static void
title_protect(struct daemon *d, const struct engine_effect *effect,
	const struct engine_view *view, struct buf *out)
{
	const char *name = block_name(d, effect->notice.about);
	char until[CIVIL_TEXT];

	civil_time_text(view->block_to, until);
	if (name)
		buf_addf(out, W_TITLE_PROTECT, until, name);
	else
		buf_addf(out, W_TITLE_PROTECT_PRIVATE, until);
}

static void
title_protect_warn(struct daemon *d, const struct engine_effect *effect,
	struct buf *out)
{
	const char *name = block_name(d, effect->notice.about);
	AUTO_BUF struct buf left = {0};
	char from[CIVIL_TEXT];

	civil_time_text(effect->notice.about, from);
	length(effect->notice.about - effect->at, &left);
	if (name)
		buf_addf(out, W_TITLE_PROTECT_WARN, from, left.data, name);
	else
		buf_addf(out, W_TITLE_PROTECT_WARN_PRIVATE, from, left.data);
}

void
summary_title(struct daemon *d, const struct engine_effect *effect,
	struct buf *out)
{
	AUTO_BUF struct buf span = {0};
	struct engine_view view;
	char at[CIVIL_TEXT];

	ledger_view(d, &view);
	switch (effect->notice.notice) {
	case NOTICE_WARN:
		title_warn(effect, &view, out);
		break;
	case NOTICE_MERGE:
		title_merge(effect, &view, out);
		break;
	case NOTICE_LATE:
		buf_addf(out, W_TITLE_LATE, civil_time_text(effect->at, at),
			length(effect->at - view.effective_end, &span));
		break;
	case NOTICE_STRETCH:
		buf_addf(out, W_TITLE_STRETCH,
			length(effect->at - effect->notice.about, &span));
		break;
	case NOTICE_OFF:
		buf_adds(out, W_TITLE_OFF);
		break;
	case NOTICE_PROTECT:
		title_protect(d, effect, &view, out);
		break;
	case NOTICE_PROTECT_WARN:
		title_protect_warn(d, effect, out);
		break;
	case NOTICE_MORNING:
		note_last_day(d, effect->day, at);
		buf_addf(out, W_TITLE_MORNING, at);
		break;
	case NOTICE_KINDS:
		break;
	}
}

/* The number under key; of a list of branches, all their commits. Where
 * there is no remote, nothing waits to be pushed. */
static int
count(const json_t *repository, const char *key)
{
	json_t *value = json_object_get(repository, key);
	json_t *remotes = json_object_get(repository, "remotes"), *branch;
	int sum = 0;
	size_t i;

	if (!json_is_array(value))
		return (int)json_integer_value(value);
	if (json_is_integer(remotes) && json_integer_value(remotes) == 0)
		return 0;
	json_array_foreach(value, i, branch)
		sum += (int)json_integer_value(
			json_object_get(branch, "commits"));
	return sum;
}

static void
comma(struct buf *out, bool *first)
{
	if (!*first)
		buf_adds(out, ", ");
	*first = false;
}

/* "vesper (2 changed, 1 not pushed)"; false when nothing is open there. */
static bool
open_in(const json_t *repository, struct buf *out)
{
	static const struct {
		const char *key, *format;
	} parts[] = {
		{"dirty", W_OPEN_CHANGED},
		{"untracked", W_OPEN_UNTRACKED},
		{"unpushed", W_OPEN_UNPUSHED},
		{"stashes", W_OPEN_STASHED},
	};
	const char *path = json_string_value(json_object_get(repository,
		"path"));
	const char *unread = json_string_value(json_object_get(repository,
		"unread"));
	AUTO_BUF struct buf inside = {0};
	AUTO_FREE char *name = NULL;
	bool first = true;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		int n = count(repository, parts[i].key);
		const char *format = _(parts[i].format);
		const char *mark = strstr(format, "%d");

		if (n <= 0 || !mark)
			continue;
		comma(&inside, &first);
		buf_addf(&inside, "%.*s%d%s", (int)(mark - format), format, n,
			mark + 2);
	}
	if (unread) {
		comma(&inside, &first);
		buf_addf(&inside, W_OPEN_UNREAD, unread);
	}
	if (first || !path)
		return false;
	path = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	name = xstrdup(path);
	text_cut(name, OPEN_NAME_BYTES);
	buf_addf(out, "%s%s (%s)", name, strlen(name) < strlen(path) ? "…" : "",
		inside.data);
	return true;
}

/* Whether any of them could be pushed. */
static bool
have_remotes(const json_t *repositories)
{
	const json_t *repository, *remotes;
	size_t i;

	json_array_foreach(repositories, i, repository) {
		remotes = json_object_get(repository, "remotes");
		if (!json_is_integer(remotes) || json_integer_value(remotes))
			return true;
	}
	return json_array_size(repositories) == 0;
}

void
summary_open(const json_t *repositories, struct buf *out)
{
	AUTO_BUF struct buf list = {0};
	const json_t *repository;
	int named = 0, more = 0;
	size_t i;

	json_array_foreach(repositories, i, repository) {
		AUTO_BUF struct buf one = {0};

		if (!open_in(repository, &one))
			continue;
		if (++named > OPEN_NAMED) {
			more++;
			continue;
		}
		buf_addf(&list, "%s%s", list.len ? ", " : "", one.data);
	}
	if (more)
		buf_addf(&list, " … +%d", more);
	if (list.len)
		buf_addf(out, W_BODY_OPEN, list.data);
	else
		buf_adds(out, have_remotes(repositories)
				? W_BODY_NOTHING_OPEN
				: W_BODY_NOTHING_DIRTY);
}

/* What a repository that cannot be read holds is known from the events only. */
static int
commits_today(struct daemon *d, const struct engine_view *view,
	const json_t *repositories)
{
	const json_t *repository;
	int sum = (int)tally_commits(repositories);
	bool whole = repositories != NULL;
	size_t i;

	json_array_foreach(repositories, i, repository)
		whole &= json_is_integer(json_object_get(repository,
			"commits"));
	if (whole)
		return sum;
	return (int)max64(sum, report_commits(d, view->open, view->now + 1));
}

/* The end-of-day summary: two lines that say the day. */
static void
body_merge(struct daemon *d, const json_t *repositories, struct buf *out)
{
	AUTO_BUF struct buf worked = {0}, longest = {0}, commits = {0};
	struct engine_view view;
	int n;

	ledger_view(d, &view);
	n = commits_today(d, &view, repositories);
	if (n == 0)
		buf_adds(&commits, W_BODY_NO_COMMITS);
	else
		buf_addf(&commits, W_BODY_COMMITS(n), n);
	buf_addf(out, W_BODY_WORKED, length(view.worked, &worked),
		length(view.longest, &longest), commits.data);
	if (repositories) {
		buf_adds(out, "\n");
		summary_open(repositories, out);
	}
}

/* The ways out that are open: those of `all`, or fewer. */
static const char *
ways(struct daemon *d, const char *all)
{
	struct engine_view view;

	ledger_view(d, &view);
	if (view.closed)
		return W_WAYS_CLOSED;
	return view.extensions_left > 0 ? all : W_WAYS_NOT_EXTEND;
}

void
summary_body(struct daemon *d, const struct engine_effect *effect,
	const json_t *repositories, struct buf *out)
{
	switch (effect->notice.notice) {
	case NOTICE_MERGE:
		body_merge(d, repositories, out);
		break;
	case NOTICE_WARN:
		buf_adds(out, ways(d, W_BODY_WARN));
		break;
	case NOTICE_LATE:
		buf_adds(out, ways(d, W_BODY_LATE));
		break;
	case NOTICE_STRETCH:
		buf_adds(out, W_BODY_STRETCH);
		break;
	case NOTICE_OFF:
		buf_adds(out, W_BODY_OFF);
		break;
	case NOTICE_PROTECT:
		buf_adds(out, W_BODY_PROTECT);
		break;
	case NOTICE_MORNING:
		buf_adds(out, W_BODY_MORNING);
		break;
	case NOTICE_PROTECT_WARN:
	case NOTICE_KINDS:
		break;
	}
}

void
summary_verdict_with(struct daemon *d, enum engine_verdict verdict,
	const char *time, const char *span, struct buf *out)
{
	struct engine_view view;
	char until[CIVIL_TEXT];

	switch (verdict) {
	case VERDICT_LATE:
		buf_addf(out, W_VERDICT_LATE, time, span,
			ways(d, W_BODY_WARN));
		break;
	case VERDICT_OFF:
		buf_adds(out, W_VERDICT_OFF);
		break;
	case VERDICT_PROTECTED:
		ledger_view(d, &view);
		buf_addf(out, W_VERDICT_PROTECTED,
			civil_time_text(view.block_to, until));
		break;
	case VERDICT_OK:
	case VERDICT_KINDS:
		break;
	}
}

void
summary_verdict(struct daemon *d, enum engine_verdict verdict, int64_t past,
	struct buf *out)
{
	AUTO_BUF struct buf span = {0};
	char time[CIVIL_TEXT];

	summary_verdict_with(d, verdict, civil_time_text(ledger_now(d), time),
		length(past, &span), out);
}
