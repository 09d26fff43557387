/* SPDX-License-Identifier: MIT */
/* Sums are made here and not by the daemon: they are cheap, and every way of
 * showing them wants others. */
#include "client/history.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/parse.h"
#include "client/commands.h"
#include "client/link.h"
#include "client/show.h"
#include "client/talk.h"

#define NONE INT64_MIN
#define COUNT_MAX 10000 /* of a day */

/* --- fetching ------------------------------------------------------------------ */

static json_t *
request(const struct history *h, const char *from)
{
	char to[CIVIL_TEXT];

	return json_pack("{s:s s:s s:s s:s* s:b}", "get", "history", "from",
		from, "to", civil_date_text(h->to, to), "project", h->project,
		"brief", h->brief);
}

static void
take_line(void *data, const char *line, size_t n)
{
	json_t *day = json_loadb(line, n, 0, NULL);

	if (json_is_object(day))
		json_array_append(data, day);
	json_decref(day);
}

/* --- adding up ------------------------------------------------------------------- */

static date_t
date_of(const json_t *day)
{
	date_t date = 0;

	parse_date(show_string(day, "day"), &date);
	return date;
}

static void
add_project(struct history_sums *s, const char *path, int64_t worked)
{
	for (int i = 0; i < s->nproject; i++)
		if (streq(s->project[i].path, path)) {
			s->project[i].worked += worked;
			return;
		}
	if ((s->nproject & (s->nproject - 1)) == 0) /* 0, a power of two */
		s->project = xrealloc(s->project,
			(size_t)(s->nproject ? 2 * s->nproject : 1) *
				sizeof *s->project);
	s->project[s->nproject++] = (struct history_project){path, worked};
}

/* How many: a list, or in brief a number. */
static int
count(const json_t *day, const char *key)
{
	json_t *value = json_object_get(day, key);

	return json_is_array(value) ? (int)json_array_size(value)
				    : (int)max64(0, min64(show_number(value, 0),
						COUNT_MAX));
}

static void
add_spans(struct history_sums *s, const json_t *day)
{
	const json_t *one;
	size_t i;

	s->stretches += count(day, "stretches");
	s->npauses += count(day, "breaks");
	s->pauses += show_int(day, "break_length", 0);
	json_array_foreach(json_object_get(day, "breaks"), i, one)
		s->pauses += show_int(one, "length", 0);
}

static void
add_end(struct history_sums *s, const json_t *day)
{
	int64_t end = show_int(day, "end", NONE);
	int64_t last = show_int(day, "last", NONE);

	if (end == NONE || last == NONE)
		return;
	s->with_end++;
	if (last <= end)
		return;
	s->after_end++;
	s->after += last - end;
}

static void
add_day(struct history_sums *s, const json_t *day)
{
	int64_t worked = show_int(day, "worked", 0);
	json_t *projects = json_object_get(day, "projects"), *value;
	const char *path;

	s->worked += worked;
	s->days_worked += show_int(day, "first", NONE) != NONE || worked;
	s->days_off_worked += worked && streq(show_string(day, "kind"), "off");
	s->days_closed += show_true(day, "closed");
	s->longest = max64(s->longest, show_int(day, "longest", 0));
	s->commits += count(day, "commits");
	s->late_commits += count(day, "late_commits");
	s->extensions += count(day, "extensions");
	s->weekday[civil_weekday(date_of(day))] += worked;
	json_object_foreach(projects, path, value)
		add_project(s, path, show_number(value, 0));
	add_spans(s, day);
	add_end(s, day);
}

/* In brief, projects come as sums over a page. */
static void
add_sums(struct history *h, const json_t *projects)
{
	const char *path;
	json_t *worked;

	if (!json_is_object(projects))
		return;
	json_array_append(h->named, (json_t *)projects);
	json_object_foreach((json_t *)projects, path, worked)
		add_project(&h->sums, path, json_integer_value(worked));
}

static int
fetch(struct history *h, struct link *link)
{
	char next[CIVIL_TEXT];
	int code = EXIT_DONE;

	civil_date_text(h->from, next);
	while (*next) {
		AUTO_JSON struct json_t *reply = NULL;

		code = talk_stream(link, request(h, next), take_line, h->days,
			&reply);
		if (code != EXIT_DONE)
			return code;
		add_sums(h, json_object_get(reply, "projects"));
		parse_date(show_string(reply, "today"), &h->today);
		snprintf(next, sizeof next, "%s", show_string(reply, "next"));
	}
	return code;
}

static int
by_worked(const void *a, const void *b)
{
	const struct history_project *x = a, *y = b;

	return x->worked != y->worked ? (x->worked < y->worked ? 1 : -1)
				      : strcmp(x->path, y->path);
}

int
history_get(struct history *h, struct link *link)
{
	const json_t *day;
	size_t i, n;
	int code;

	h->days = json_array();
	h->named = json_array();
	code = fetch(h, link);
	if (code != EXIT_DONE)
		return code;
	json_array_foreach(h->days, i, day)
		add_day(&h->sums, day);
	if (h->sums.nproject)
		qsort(h->sums.project, (size_t)h->sums.nproject,
			sizeof *h->sums.project, by_worked);
	n = json_array_size(h->days);
	if (h->to > h->today)
		h->to = h->today > h->from ? h->today : h->from;
	if (n && h->from == HISTORY_FIRST)
		h->from = date_of(json_array_get(h->days, 0));
	return EXIT_DONE;
}

void
history_clear(struct history *h)
{
	free(h->sums.project);
	json_decref(h->days);
	json_decref(h->named);
	*h = (struct history){0};
}

/* --- ranges -------------------------------------------------------------------------- */

static void
month_of(date_t today, bool year, date_t *from, date_t *to)
{
	int y, m, d;

	civil_split(today, &y, &m, &d);
	if (year) {
		*from = civil_date(y, 1, 1);
		*to = civil_date(y + 1, 1, 1) - 1;
	} else {
		*from = civil_date(y, m, 1);
		*to = civil_date(m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1) -
			1;
	}
}

bool
history_range(const char *which, date_t today, date_t *from, date_t *to)
{
	AUTO_FREE char *first = NULL;
	unsigned weekday;
	char *second;

	if (streq(which, "day") || streq(which, "week")) {
		*from = streq(which, "day") ? today
					    : today - civil_weekday(today);
		*to = streq(which, "day") ? today : *from + 6;
		return true;
	}
	if (streq(which, "month") || streq(which, "year")) {
		month_of(today, streq(which, "year"), from, to);
		return true;
	}
	first = xstrdup(which);
	second = strstr(first, "..");
	if (second)
		*second = '\0';
	if (!parse_day(first, today, from))
		return false;
	*to = *from;
	if (second && !parse_day(second + 2, today, to))
		return false;
	if (*to < *from && parse_days(second + 2, &weekday))
		*to += 7; /* Mon..Fri, said on a Wednesday */
	return true;
}

const struct json_t *
history_day(const struct history *h, date_t date)
{
	size_t low = 0, high = json_array_size(h->days);

	while (low < high) {
		size_t middle = (low + high) / 2;
		const json_t *day = json_array_get(h->days, middle);
		date_t there = date_of(day);

		if (there == date)
			return day;
		if (there < date)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

int
history_shade(const struct json_t *day)
{
	int64_t step = 3 * 3600, worked = show_int(day, "worked", 0);

	return (int)max64(0, min64(4, (worked + step - 1) / step));
}

int
history_minute(date_t date, int64_t t)
{
	int minute;
	int64_t days = (int64_t)civil_local(t, &minute) - date;

	/* beyond a week it is the same to who draws */
	return (int)max64(min64(days, 7), -7) * 1440 + minute;
}

static void
widen(date_t date, int64_t t, int *first, int *last)
{
	int minute = history_minute(date, t);

	if (minute / 60 < *first)
		*first = minute < 0 ? 0 : minute / 60;
	if ((minute + 59) / 60 > *last)
		*last = (minute + 59) / 60;
}

void
history_hours(const struct history *h, int *first, int *last)
{
	const json_t *day;
	size_t i;

	*first = 9;
	*last = 18;
	json_array_foreach(h->days, i, day) {
		int64_t a = show_int(day, "first", NONE);
		int64_t b = show_int(day, "last", NONE);
		int64_t end = show_int(day, "effective_end", NONE);

		if (a == NONE)
			continue;
		widen(date_of(day), a, first, last);
		if (b != NONE)
			widen(date_of(day), b, first, last);
		if (end != NONE)
			widen(date_of(day), end, first, last);
	}
	if (*last > 36)
		*last = 36;
}

/* --- for programs ----------------------------------------------------------------------- */

static json_t *
weekdays_json(const struct history_sums *s)
{
	json_t *weekdays = json_array();

	for (int i = 0; i < 7; i++)
		json_array_append_new(weekdays, json_integer(s->weekday[i]));
	return weekdays;
}

static json_t *
sums_json(const struct history_sums *s)
{
	json_t *projects = json_array();

	for (int i = 0; i < s->nproject; i++)
		json_array_append_new(projects,
			json_pack("{s:s s:I}", "project", s->project[i].path,
				"worked", (json_int_t)s->project[i].worked));
	return json_pack("{s:I s:i s:i s:i s:I s:i s:i s:I s:i s:i s:i s:i s:i "
			 "s:I s:o s:o}",
		"worked", (json_int_t)s->worked, "days_worked", s->days_worked,
		"days_off_worked", s->days_off_worked, "days_closed",
		s->days_closed, "longest", (json_int_t)s->longest, "stretches",
		s->stretches, "breaks", s->npauses, "break_length",
		(json_int_t)s->pauses, "commits", s->commits, "late_commits",
		s->late_commits, "extensions", s->extensions, "days_with_end",
		s->with_end, "days_after_end", s->after_end, "after_end",
		(json_int_t)s->after, "projects", projects, "weekdays",
		weekdays_json(s));
}

/* Of one project only the time is known, so nothing else is a nought. */
static json_t *
project_sums_json(const struct history_sums *s)
{
	return json_pack("{s:I s:i s:o}", "worked", (json_int_t)s->worked,
		"days_worked", s->days_worked, "weekdays", weekdays_json(s));
}

void
history_json(const struct history *h)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	AUTO_JSON struct json_t *o = json_pack("{s:s s:s s:s* s:o s:O}",
		"from", civil_date_text(h->from, from), "to",
		civil_date_text(h->to, to), "project", h->project, "totals",
		h->project ? project_sums_json(&h->sums) : sums_json(&h->sums),
		"days", h->days);

	talk_print(o);
}

static const char *const csv_numbers[] = {"start", "end", "effective_end",
	"first", "last", "worked", "longest", "commits"};
static const char *const csv_counts[] = {
	"late_commits", "extensions", "breaks"};

/* A number, or nothing. */
static void
csv_number(const json_t *day, const char *key)
{
	int64_t n = show_int(day, key, NONE);

	if (n == NONE)
		printf(",");
	else
		printf(",%lld", (long long)n);
}

/* How many, or nothing. */
static void
csv_count(const json_t *day, const char *key)
{
	if (json_object_get(day, key))
		printf(",%d", count(day, key));
	else
		printf(",");
}

static void
csv_day(const json_t *day)
{
	const char *closed = show_true(day, "closed") ? "yes" : "no";

	printf("%s,%s,%s", show_string(day, "day"), show_string(day, "kind"),
		json_object_get(day, "closed") ? closed : "");
	for (size_t i = 0; i < ARRAY_SIZE(csv_numbers); i++)
		csv_number(day, csv_numbers[i]);
	for (size_t i = 0; i < ARRAY_SIZE(csv_counts); i++)
		csv_count(day, csv_counts[i]);
	printf("\n");
}

void
history_csv(const struct history *h)
{
	const json_t *day;
	size_t i;

	printf("day,kind,closed");
	for (i = 0; i < ARRAY_SIZE(csv_numbers); i++)
		printf(",%s", csv_numbers[i]);
	for (i = 0; i < ARRAY_SIZE(csv_counts); i++)
		printf(",%s", csv_counts[i]);
	printf("\n");
	json_array_foreach(h->days, i, day)
		csv_day(day);
}
