/* SPDX-License-Identifier: MIT */
/*
 * The text is like git's list of a rebase: what was recorded, a line each, to
 * be changed.  Lines that stay as they were say nothing; every other line is a
 * correction.  A recorded line that is gone, or says another time now, was not
 * so: what it told and no line tells any more is its opposite.
 */
#include "daemon/amend.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/parse.h"
#include "base/text.h"
#include "daemon/answer.h"
#include "daemon/correct.h"
#include "daemon/daemon.h"
#include "daemon/history.h"
#include "daemon/ledger.h"
#include "daemon/report.h"
#include "daemon/rollup.h"
#include "daemon/spans.h"
#include "store/facts.h"
#include "words/words.h"

#define LINES_MAX 200

/* What ends before it begins is over midnight up to this length, and beyond it
 * a slip of the finger. */
#define NIGHT_MAX (16 * 3600)

/* --- the text ------------------------------------------------------------------------- */

/* The recorded spans of a day. */
static void
recorded(struct daemon *d, date_t day, struct spans *out)
{
	json_t *facts = rollup_day(d, day);

	correct_recorded(facts, out);
	json_decref(facts);
}

static void
add_line(enum verb verb, int64_t from, int64_t to, struct buf *out)
{
	struct correction c = {verb, from, to};

	correction_say(&c, out);
	buf_adds(out, "\n");
}

static void
recorded_lines(const struct spans *s, struct buf *out)
{
	if (s->n)
		add_line(START, s->v[0].from, 0, out);
	for (int i = 0; i < s->n; i++) {
		if (i)
			add_line(PAUSE, s->v[i - 1].to, s->v[i].from, out);
		add_line(WORK, s->v[i].from, s->v[i].to, out);
	}
	if (s->n)
		add_line(END, s->v[s->n - 1].to, 0, out);
}

static void
add_correction(void *data, const char *day UNUSED, const char *line)
{
	struct correction c;

	if (!correction_read(line, &c))
		return;
	correction_say(&c, data);
	buf_adds(data, "\n");
}

struct json_t *
amend_text(struct daemon *d, date_t day)
{
	AUTO_BUF struct buf out = {0}, said = {0};
	struct spans *s = xmalloc(sizeof *s);
	char name[CIVIL_TEXT];

	civil_date_text(day, name);
	recorded(d, day, s);
	buf_addf(&out, s->n ? W_CORRECT_HEAD : W_CORRECT_HEAD_NOTHING, name);
	recorded_lines(s, &out);
	store_corrections(d->store, name, name, add_correction, &said);
	if (said.len)
		buf_addf(&out, "%s%s", W_CORRECT_BEFORE, said.data);
	buf_adds(&out, W_CORRECT_HELP);
	free(s);
	return json_pack("{ss ss}", "day", name, "text", out.data);
}

/* --- read back -------------------------------------------------------------------------- */

struct reading {
	date_t day;
	const struct spans *spans;
	int64_t since; /* where the day begins */
	int64_t now;
	char *lines[LINES_MAX];
	size_t n;
};

static void
clear(struct reading *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->lines[i]);
}

/* HH:MM on the day's own date, or on the next one when the day begins after
 * it: a night shift's 06:10. A minute in which something recorded began or
 * ended means exactly that. */
static bool
instant(const struct reading *r, const char *text, int64_t *out)
{
	char shown[CIVIL_TEXT];
	int minute;

	if (!parse_time_of_day(text, &minute))
		return false;
	for (int i = 0; i < r->spans->n * 2; i++) {
		const struct span *s = &r->spans->v[i / 2];

		*out = i % 2 ? s->to : s->from;
		if (streq(civil_time_text(*out, shown), text))
			return true;
	}
	*out = civil_instant(r->day, minute);
	if (*out < r->since)
		*out = civil_instant(r->day, minute + 1440);
	return true;
}

/* Reads the times of a line; false when they are none. */
static bool
read_times(const struct reading *r, const char *times, struct correction *c)
{
	char from[6] = "";
	int minute;

	if (c->verb == START || c->verb == END) {
		if (!instant(r, times, &c->from))
			return false;
		c->to = c->from;
		return true;
	}
	if (strlen(times) != 11 || times[5] != '-')
		return false;
	memcpy(from, times, 5);
	if (!instant(r, from, &c->from) || !instant(r, times + 6, &c->to))
		return false;
	if (c->to < c->from && parse_time_of_day(times + 6, &minute)) {
		int64_t next = civil_instant(r->day, minute + 1440);

		if (next - c->from < NIGHT_MAX)
			c->to = next;
	}
	return true;
}

static int
keep(struct reading *r, const struct correction *c, struct err *err)
{
	if (r->n == LINES_MAX)
		return err_set(err, -EINVAL, "%s", W_CORRECT_MANY);
	r->lines[r->n++] = correction_write(c);
	return 0;
}

static int
read_line(struct reading *r, const char *line, struct err *err)
{
	char word[8], times[16], rest[2];
	struct correction c;

	if (sscanf(line, "%7s %15s %1s", word, times, rest) != 2 ||
		!correction_verb(word, &c.verb) || !read_times(r, times, &c))
		return err_set(err, -EINVAL, W_CORRECT_LINE, line);
	if (c.to > r->now)
		return err_set(err, -EINVAL, W_CORRECT_AHEAD, line);
	if (c.to <= c.from && (c.verb == WORK || c.verb == PAUSE))
		return err_set(err, -EINVAL, W_CORRECT_PAST, line);
	return keep(r, &c, err);
}

/* Whether the line is one of the text's. */
static bool
has_line(const struct buf *text, const char *line)
{
	const char *at = text->data;
	size_t n = strlen(line);

	for (; at && *at; at = strchr(at, '\n'), at += !!at)
		if (strncmp(at, line, n) == 0 && at[n] == '\n')
			return true;
	return false;
}

/* What lines told: by name, and what they leave of what was recorded. */
struct told {
	struct spans named, work;
};

static void
tell(struct told *told, const struct correction *c)
{
	/* nothing else is said of what lies before a start, behind an end */
	spans_add(&told->named, c->verb == START ? INT64_MIN : c->from,
		c->verb == END ? INT64_MAX : c->to);
	if (c->verb == WORK)
		spans_add(&told->work, c->from, c->to);
	else if (c->verb == PAUSE)
		spans_remove(&told->work, c->from, c->to);
}

static bool
touches(const struct told *told, int64_t t)
{
	const struct spans *sets[] = {&told->named, &told->work};

	for (size_t i = 0; i < ARRAY_SIZE(sets); i++)
		for (int k = 0; k < sets[i]->n; k++)
			if (sets[i]->v[k].from <= t && t <= sets[i]->v[k].to)
				return true;
	return false;
}

/* The opposite of a recorded line that is gone, where no line says what was
 * instead. A pause between what was no work either is none that was worked. */
static int
add_opposite(struct reading *r, const struct told *told, enum verb verb,
	struct span gone, struct err *err)
{
	struct spans rest = {.v = {gone}, .n = 1};
	int result = 0;

	for (int i = 0; i < told->named.n; i++)
		spans_remove(&rest, told->named.v[i].from,
			told->named.v[i].to);
	for (int i = 0; result == 0 && i < rest.n; i++) {
		struct correction c = {verb == WORK ? PAUSE : WORK,
			rest.v[i].from, rest.v[i].to};

		if (verb == WORK ||
			(touches(told, c.from) && touches(told, c.to)))
			result = keep(r, &c, err);
	}
	return result;
}

static bool
is_gone(const struct buf *left, enum verb verb, struct span span)
{
	AUTO_BUF struct buf line = {0};
	struct correction c = {verb, span.from, span.to};

	correction_say(&c, &line);
	return span.from < span.to && !has_line(left, line.data);
}

/* `left` are the recorded lines that the text still has. */
static int
add_gone(struct reading *r, const struct buf *left, struct err *err)
{
	const struct span *v = r->spans->v;
	struct told told = {.named.n = 0};
	struct correction c;
	int result = 0;

	for (int i = 0; i < r->spans->n; i++)
		if (!is_gone(left, WORK, v[i]))
			spans_add(&told.work, v[i].from, v[i].to);
	for (size_t i = 0; i < r->n; i++)
		if (correction_read(r->lines[i], &c))
			tell(&told, &c);
	for (int i = 0; result == 0 && i < r->spans->n; i++) {
		struct span pause = {v[i ? i - 1 : 0].to, v[i].from};

		if (is_gone(left, WORK, v[i]))
			result = add_opposite(r, &told, WORK, v[i], err);
		if (result == 0 && is_gone(left, PAUSE, pause))
			result = add_opposite(r, &told, PAUSE, pause, err);
	}
	return result;
}

static int
read_text(struct reading *r, const char *text, struct err *err)
{
	AUTO_BUF struct buf offered = {0}, left = {0};
	AUTO_FREE char *copy = xstrdup(text);
	char *rest = copy, *line;
	int result = 0;

	recorded_lines(r->spans, &offered);
	while (result == 0 && (line = strsep(&rest, "\n"))) {
		line += strspn(line, " \t");
		line[strcspn(line, "\r#")] = '\0';
		while (*line && strchr(" \t", line[strlen(line) - 1]))
			line[strlen(line) - 1] = '\0';
		if (has_line(&offered, line))
			buf_addf(&left, "%s\n", line);
		else if (*line)
			result = read_line(r, line, err);
	}
	if (result == 0 && (left.len || r->n)) /* not of a text left empty */
		result = add_gone(r, &left, err);
	return result;
}

static void
keep_line(void *data, const char *day UNUSED, const char *line)
{
	struct reading *r = data;

	if (r->n < LINES_MAX)
		r->lines[r->n++] = xstrdup(line);
}

static int
read_lines(struct reading *r, struct daemon *d, const json_t *list,
	struct err *err)
{
	char name[CIVIL_TEXT];
	const json_t *line;
	int result = 0;
	size_t i;

	civil_date_text(r->day, name);
	store_corrections(d->store, name, name, keep_line, r);
	json_array_foreach((json_t *)list, i, line)
		if (result == 0)
			result = read_line(r, json_string_value(line) ?: "",
				err);
	return result;
}

/* Refuses an end that lies before the start, whichever was said first. */
static int
check_order(const struct reading *r, struct err *err)
{
	struct correction c, start = {.from = INT64_MIN};
	struct correction end = {.verb = END, .from = INT64_MAX};
	AUTO_BUF struct buf text = {0};

	for (size_t i = 0; i < r->n; i++) {
		if (!correction_read(r->lines[i], &c))
			continue;
		if (c.verb == START)
			start = c;
		else if (c.verb == END)
			end = c;
	}
	if (start.from <= end.from)
		return 0;
	correction_say(&end, &text);
	return err_set(err, -EINVAL, W_CORRECT_PAST, text.data);
}

/* "Worked 7 h 12 min, recorded 6 h 2 min." is the report's; here only that it
 * was taken. */
static json_t *
saved(struct daemon *d, struct reading *r, const char *name)
{
	AUTO_FREE char *text = NULL;

	/* what stands in for a file that cannot be used is not kept */
	if (history_is_down(d) ||
		store_correct(d->store, name, r->now,
		    (const char *const *)r->lines, r->n) < 0)
		return answer_refused(W_CORRECT_STORE);
	text = xasprintf(r->n ? W_CORRECT_DONE : W_CORRECT_NONE, name,
		(int)r->n);
	return answer_said(text);
}

static json_t *
correct(struct daemon *d, struct reading *r, const json_t *in)
{
	const char *text = json_string_value(json_object_get(in, "text"));
	char name[CIVIL_TEXT];
	struct err err;
	int result = 0;

	civil_date_text(r->day, name);
	if (text)
		result = read_text(r, text, &err);
	else if (!json_is_true(json_object_get(in, "undo")))
		result = read_lines(r, d, json_object_get(in, "lines"), &err);
	if (result == 0)
		result = check_order(r, &err);
	if (result < 0)
		return answer_error(err.text);
	return saved(d, r, name);
}

struct json_t *
amend_do(struct daemon *d, const struct json_t *in)
{
	struct reading r = {.now = ledger_now(d)};
	const char *day = json_string_value(json_object_get(in, "day"));
	struct engine_view view;
	struct spans *s;
	int64_t until;
	json_t *answer;

	ledger_view(d, &view);
	r.day = view.day;
	if (!day || !parse_day(day, view.day, &r.day))
		return answer_error(W_DAY_UNREADABLE);
	if (r.day > view.day)
		return answer_refused(W_CORRECT_FUTURE);
	report_bounds(d, r.day, &r.since, &until);
	s = xmalloc(sizeof *s);
	recorded(d, r.day, s);
	r.spans = s;
	answer = correct(d, &r, in);
	clear(&r);
	free(s);
	return answer;
}
