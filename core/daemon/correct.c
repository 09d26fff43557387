/* SPDX-License-Identifier: MIT */
/*
 * The text is like git's list of a rebase: what was recorded, a line each, to
 * be changed.  Lines that stay as they were say nothing; every other line is a
 * correction, kept with its exact instants ("work 1795010000 1795013600"), so
 * that another time zone later does not move it.
 */
#include "daemon/correct.h"

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
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "daemon/reply.h"
#include "daemon/report.h"
#include "daemon/rollup.h"
#include "daemon/spans.h"
#include "store/facts.h"
#include "words/words.h"

#define LINES_MAX 200

/* --- one correction --------------------------------------------------------------- */

enum verb { WORK, PAUSE, START, END, VERBS };

static const char *const verbs[VERBS] = {"work", "pause", "start", "end"};

struct correction {
	enum verb verb;
	int64_t from, to; /* from == to for start and end */
};

static bool
verb_of(const char *word, enum verb *out)
{
	for (int i = 0; i < VERBS; i++)
		if (streq(word, verbs[i])) {
			*out = (enum verb)i;
			return true;
		}
	return false;
}

static bool
read_stored(const char *line, struct correction *out)
{
	char word[8];
	long long from, to;

	if (sscanf(line, "%7s %lld %lld", word, &from, &to) != 3)
		return false;
	out->from = from;
	out->to = to;
	return verb_of(word, &out->verb);
}

static char *
write_stored(const struct correction *c)
{
	return xasprintf("%s %lld %lld", verbs[c->verb], (long long)c->from,
		(long long)c->to);
}

/* As a person reads and writes it. */
static void
write_line(const struct correction *c, struct buf *out)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	/* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): a verb it is */
	buf_addf(out, "%s %s", verbs[c->verb], civil_time_text(c->from, from));
	if (c->verb == WORK || c->verb == PAUSE)
		buf_addf(out, "-%s", civil_time_text(c->to, to));
}

/* --- applied ------------------------------------------------------------------------ */

static void
read_spans(const json_t *facts, struct spans *out)
{
	const json_t *one;
	size_t i;

	out->n = 0;
	json_array_foreach(json_object_get(facts, "stretches"), i, one)
		spans_add(out, line_number(one, "start"),
			line_number(one, "start") + line_number(one, "length"));
}

static void
apply_one(struct spans *s, const struct correction *c)
{
	int64_t first = s->n ? s->v[0].from : c->from;
	int64_t last = s->n ? s->v[s->n - 1].to : c->from;

	switch (c->verb) {
	case WORK:
		spans_add(s, c->from, c->to);
		break;
	case PAUSE:
		spans_remove(s, c->from, c->to);
		break;
	case START:
		spans_add(s, c->from, first);
		spans_remove(s, first, c->from);
		break;
	case END:
		spans_add(s, last, c->from);
		spans_remove(s, c->from, last);
		break;
	case VERBS:
		break;
	}
}

struct applying {
	struct spans spans;
	json_t *said;
};

static void
on_correction(void *data, const char *day UNUSED, const char *line)
{
	struct applying *a = data;
	AUTO_BUF struct buf text = {0};
	struct correction c;

	if (!read_stored(line, &c))
		return;
	apply_one(&a->spans, &c);
	write_line(&c, &text);
	json_array_append_new(a->said,
		json_pack("{ss sI sI ss}", "what", verbs[c.verb], "from",
			(json_int_t)c.from, "to", (json_int_t)c.to, "text",
			text.data));
}

/* What is replaced is put aside, under "recorded". */
static void
put_aside(json_t *facts)
{
	static const char *const keys[] = {"first", "last", "worked",
		"longest", "stretches", "breaks"};
	json_t *recorded = json_object();

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		json_object_set(recorded, keys[i],
			json_object_get(facts, keys[i]));
	json_object_set_new(facts, "recorded", recorded);
}

void
correct_apply(struct daemon *d, date_t day, struct json_t *facts)
{
	struct applying a = {.said = json_array()};
	struct spans *s = &a.spans;
	char name[CIVIL_TEXT];
	int64_t before;

	civil_date_text(day, name);
	read_spans(facts, s);
	before = spans_sum(s);
	store_corrections(d->store, name, name, on_correction, &a);
	if (json_array_size(a.said) == 0) {
		json_decref(a.said);
		return;
	}
	put_aside(facts);
	json_object_set_new(facts, "corrections", a.said);
	json_object_set_new(facts, "worked",
		json_integer(max64(line_number(facts, "worked") +
					   spans_sum(s) - before,
			0)));
	spans_write(s, facts);
}

/* --- the text ------------------------------------------------------------------------- */

/* The recorded spans of a day. */
static void
recorded(struct daemon *d, date_t day, struct spans *out)
{
	json_t *facts = rollup_day(d, day);

	read_spans(facts, out);
	json_decref(facts);
}

static void
add_line(enum verb verb, int64_t from, int64_t to, struct buf *out)
{
	struct correction c = {verb, from, to};

	write_line(&c, out);
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

	if (!read_stored(line, &c))
		return;
	write_line(&c, data);
	buf_adds(data, "\n");
}

struct json_t *
correct_text(struct daemon *d, date_t day)
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
	if (c->to < c->from && parse_time_of_day(times + 6, &minute))
		c->to = civil_instant(r->day, minute + 1440); /* over midnight */
	return true;
}

static int
read_line(struct reading *r, const char *line, struct err *err)
{
	char word[8], times[16], rest[2];
	struct correction c;

	if (sscanf(line, "%7s %15s %1s", word, times, rest) != 2 ||
		!verb_of(word, &c.verb) || !read_times(r, times, &c))
		return err_set(err, -EINVAL, W_CORRECT_LINE, line);
	if (c.to < c.from || c.to > r->now)
		return err_set(err, -EINVAL, W_CORRECT_PAST, line);
	if (r->n == LINES_MAX)
		return err_set(err, -EINVAL, "%s", W_CORRECT_MANY);
	r->lines[r->n++] = write_stored(&c);
	return 0;
}

/* Whether the line is one of those that were offered. */
static bool
offered(const char *text, const char *line)
{
	size_t n = strlen(line);

	for (; text && *text; text = strchr(text, '\n'), text += !!text)
		if (strncmp(text, line, n) == 0 && text[n] == '\n')
			return true;
	return false;
}

static int
read_text(struct reading *r, const char *text, struct err *err)
{
	AUTO_BUF struct buf same = {0};
	AUTO_FREE char *copy = xstrdup(text);
	char *rest = copy, *line;
	int result = 0;

	recorded_lines(r->spans, &same);
	while (result == 0 && (line = strsep(&rest, "\n"))) {
		line += strspn(line, " \t");
		line[strcspn(line, "\r#")] = '\0';
		while (*line && strchr(" \t", line[strlen(line) - 1]))
			line[strlen(line) - 1] = '\0';
		if (*line && !offered(same.data, line))
			result = read_line(r, line, err);
	}
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
		if (!read_stored(r->lines[i], &c))
			continue;
		if (c.verb == START)
			start = c;
		else if (c.verb == END)
			end = c;
	}
	if (start.from <= end.from)
		return 0;
	write_line(&end, &text);
	return err_set(err, -EINVAL, W_CORRECT_PAST, text.data);
}

/* "Worked 7 h 12 min, recorded 6 h 2 min." is the report's; here only that it
 * was taken. */
static json_t *
saved(struct daemon *d, struct reading *r, const char *name)
{
	AUTO_FREE char *text = NULL;

	if (store_correct(d->store, name, r->now,
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
correct_do(struct daemon *d, const struct json_t *in)
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
