/* SPDX-License-Identifier: MIT */
/* See past.h. */
#include "daemon/past.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/parse.h"
#include "daemon/answer.h"
#include "daemon/correct.h"
#include "daemon/daemon.h"
#include "daemon/facts.h"
#include "daemon/history.h"
#include "daemon/ledger.h"
#include "daemon/place.h"
#include "daemon/reply.h"
#include "daemon/report.h"
#include "daemon/rollup.h"
#include "daemon/said.h"
#include "daemon/spool.h"
#include "store/facts.h"
#include "store/store.h"
#include "words/words.h"

#define DAYS_A_PAGE 100
#define BRIEF_DAYS_A_PAGE 1000

/* --- days ------------------------------------------------------------------------- */

struct page {
	struct daemon *d;
	const char *mark; /* of the end of a line */
	struct buf lines;
	json_t *corrected;   /* days that have corrections, as keys */
	json_t *projects;    /* in brief: path -> seconds, of these days */
	const char *project; /* or NULL: all */
	bool brief;
	date_t last;
	int n;
};

static void
add_line(struct page *p, const char *text)
{
	size_t n = strlen(text);

	buf_add(&p->lines, text, n ? n - 1 : 0); /* without its brace */
	buf_adds(&p->lines, p->mark);
	p->n++;
}

static void
add_facts(struct page *p, date_t day, json_t *facts)
{
	char *text;

	correct_apply(p->d, day, facts);
	text = p->brief ? rollup_brief(facts) : json_dumps(facts, JSON_COMPACT);
	add_line(p, text);
	free(text);
}

/* Most days go out as they lie there; corrected ones are read whole. */
static void
on_rollup(void *data, const char *day, const char *text)
{
	struct page *p = data;
	json_t *facts;

	parse_date(day, &p->last);
	if (!json_object_get(p->corrected, day)) {
		add_line(p, text);
		return;
	}
	if (p->brief)
		facts = rollup_day(p->d, p->last);
	else
		facts = json_loads(text, 0, NULL);
	if (facts)
		add_facts(p, p->last, facts);
	json_decref(facts);
}

static void
add_project_day(void *data, const char *day, int64_t worked)
{
	AUTO_FREE char *line = xasprintf("{\"day\":\"%s\",\"worked\":%lld}",
		day, (long long)worked);

	add_line(data, line);
}

static void
add_project_sum(void *data, const char *project, int64_t worked)
{
	struct page *p = data;
	json_t *old = json_object_get(p->projects, project);

	json_object_set_new(p->projects, project,
		json_integer(json_integer_value(old) + worked));
}

/* Whether a project goes by this name, as store_project_days() has it. */
static bool
is_called(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	size_t n = strlen(name);

	return streq(path, name) ||
		(strncmp(path, name, n) == 0 && path[n] == '/') ||
		(slash && streq(slash + 1, name));
}

/* A day that is not summed up. */
static void
add_live(void *data, date_t day, json_t *facts)
{
	struct page *p = data;
	json_t *all = json_object_get(facts, "projects"), *worked;
	char name[CIVIL_TEXT];
	json_int_t sum = 0;
	const char *path;

	json_object_foreach(all, path, worked) {
		if (p->brief)
			add_project_sum(p, path, json_integer_value(worked));
		if (p->project && is_called(path, p->project))
			sum += json_integer_value(worked);
	}
	if (!p->project)
		add_facts(p, day, facts);
	else if (sum)
		add_project_day(p, civil_date_text(day, name), sum);
}

static bool
read_date(const json_t *line, const char *key, date_t *out)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text && parse_date(text, out);
}

static void
mark_corrected(void *data, const char *day, const char *line UNUSED)
{
	json_object_set_new(data, day, json_true());
}

/* Days that are summed up; true when there may be more after p->last. */
static bool
fill_kept(struct page *p, date_t from, date_t to)
{
	int most = p->brief ? BRIEF_DAYS_A_PAGE : DAYS_A_PAGE;
	struct store *store = p->d->store;
	char a[CIVIL_TEXT], b[CIVIL_TEXT];
	bool more;

	civil_date_text(from, a);
	civil_date_text(to, b);
	if (p->project) {
		store_project_days(store, p->project, a, b, add_project_day, p);
		return false;
	}
	store_corrections(store, a, b, mark_corrected, p->corrected);
	store_rollups(store, a, b, p->brief, most, on_rollup, p);
	more = p->n == most;
	if (more)
		civil_date_text(p->last, b);
	if (p->brief)
		store_project_sums(store, a, b, add_project_sum, p);
	return more;
}

/* What is under way, and after a failure what could not be summed up. */
static void
fill_live(struct page *p, date_t from, date_t to, date_t today)
{
	json_t *facts;

	if (from < today)
		facts_each(p->d, from, to < today ? to : today - 1, add_live,
			p);
	if (from > today || to < today)
		return;
	facts = rollup_day(p->d, today);
	if (facts)
		add_live(p, today, facts);
	json_decref(facts);
}

/* As fill_kept(), up to the day that holds. */
static bool
fill(struct page *p, date_t from, date_t to, date_t today)
{
	date_t live = rollup_reached(p->d);

	live = live < today ? live : today;
	if (from < live && fill_kept(p, from, to < live ? to : live - 1))
		return true;
	if (to >= live)
		fill_live(p, from > live ? from : live, to, today);
	return false;
}

struct json_t *
past_days(struct daemon *d, const struct json_t *line, const char *mark,
	struct buf *out)
{
	struct page p = {.d = d, .mark = mark};
	struct engine_view view;
	char name[CIVIL_TEXT], next[CIVIL_TEXT];
	date_t from, to;
	json_t *answer;
	bool more;

	if (!read_date(line, "from", &from) || !read_date(line, "to", &to) ||
		to < from)
		return answer_error(W_DAY_UNREADABLE);
	p.project = line_text(line, "project");
	p.brief = json_is_true(json_object_get(line, "brief"));
	p.corrected = json_object();
	p.projects = json_object();
	ledger_view(d, &view);
	more = fill(&p, from, to, view.day);
	answer = json_pack("{ss ss*}", "today",
		civil_date_text(view.day, name), "next",
		more ? civil_date_text(p.last + 1, next) : NULL);
	if (p.brief)
		json_object_set(answer, "projects", p.projects);
	*out = p.lines;
	json_decref(p.corrected);
	json_decref(p.projects);
	return answer;
}

/* --- forgetting ----------------------------------------------------------------------- */

/* What was set aside cannot be forgotten in part, so it goes as a whole. */
static json_t *
forgotten(struct daemon *d, const char *project, int r, int64_t n)
{
	AUTO_BUF struct buf text = {0};
	int files;

	if (r != 0)
		return answer_refused(r > 0 ? W_FORGET_READ : W_FORGET_FAILED);
	if (project && n == 0) /* mistyped, most likely */
		buf_addf(&text, W_FORGOTTEN_NONE, project);
	else
		buf_addf(&text, W_FORGOTTEN(n), (long long)n);
	files = history_remove_aside(d);
	if (files)
		buf_addf(&text, W_FORGOTTEN_ASIDE, files);
	return answer_said(text.data);
}

/* Where a date's day begins: at its cut, or when the one before was over, so
 * that nothing of that one is left to be taken for a day of its own. */
static int64_t
beginning(struct daemon *d, date_t date)
{
	json_t *before = rollup_day(d, date - 1);
	json_t *last = json_object_get(before, "last");
	int64_t since, until;

	report_bounds(d, date, &since, &until);
	if (json_is_integer(last))
		since = max64(since, json_integer_value(last) + 1);
	json_decref(before);
	return since;
}

struct json_t *
past_forget(struct daemon *d, const struct json_t *in)
{
	const char *project =
		json_string_value(json_object_get(in, "project"));
	const char *before = json_string_value(json_object_get(in, "before"));
	struct engine_view view;
	char name[CIVIL_TEXT];
	date_t date;
	int64_t n = 0;
	int r;

	if (project && !*project) /* the beginning of every path */
		return answer_error(W_FORGET_PROJECT);
	if (project && before)
		return answer_error(W_FORGET_WHICH);
	if (history_is_down(d))
		return answer_refused(W_FORGET_FAILED);
	spool_drain(d); /* what waits there must not come back */
	place_settle(d);
	if (project) {
		r = store_forget_project(d->store, project, &n);
		said_forget();
		rollup_drop(d);
		rollup_start(d);
		return forgotten(d, project, r, n);
	}
	ledger_view(d, &view);
	if (!before || !parse_day(before, view.day, &date))
		return answer_error(W_DAY_UNREADABLE);
	if (date > view.day)
		return answer_refused(W_FORGET_TODAY);
	r = store_forget_before(d->store, beginning(d, date),
		civil_date_text(date, name), &n);
	said_forget();
	rollup_drop(d);
	return forgotten(d, NULL, r, n);
}
