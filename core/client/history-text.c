/* SPDX-License-Identifier: MIT */
/*
 * Days as strips up to six weeks, beyond that as a calendar of shades; then
 * bars.  Piped, it is the same without colours, so that it can be compared.
 */
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "client/history.h"
#include "client/paint.h"
#include "client/show.h"
#include "client/strip.h"
#include "words/instant.h"
#include "words/words.h"

#define NONE INT64_MIN
#define STRIP_DAYS 42
#define STRIP_MAX 144
#define LABEL 12 /* "Mon 11-16  " */
#define PROJECTS_SHOWN 12

/* --- the figures ------------------------------------------------------------------ */

void
history_title(const struct history *h, const char *title, struct buf *out)
{
	AUTO_FREE char *project = xstrdup(h->project ? h->project : "");

	text_oneline(project);
	if (h->project)
		buf_addf(out, W_HISTORY_TITLE_OF, project, title);
	else
		buf_addf(out, W_HISTORY_TITLE, title);
}

static void
add_all_figures(const struct history_sums *s, struct buf *out)
{
	char a[SHOW_TEXT];

	buf_addf(out, W_HISTORY_LONGEST, show_length(s->longest, a),
		s->stretches, s->npauses);
	if (s->npauses)
		buf_addf(out, W_HISTORY_MEAN_BREAK,
			show_length(s->pauses / s->npauses, a));
	buf_adds(out, "\n");
	buf_addf(out, W_HISTORY_COMMITS, s->commits, s->late_commits);
	buf_adds(out, "\n");
	if (s->with_end) {
		buf_addf(out, W_HISTORY_ENDS(s->with_end), s->after_end, s->with_end);
		if (s->after_end)
			buf_addf(out, W_HISTORY_AFTER, show_length(s->after, a));
		buf_adds(out, "\n");
	}
	buf_addf(out, W_HISTORY_EXTENSIONS(s->extensions), s->extensions,
		s->days_closed);
	buf_adds(out, "\n");
}

/* Of one project only the time is known. */
void
history_figures(const struct history *h, struct buf *out)
{
	const struct history_sums *s = &h->sums;
	char a[SHOW_TEXT];

	buf_addf(out, W_HISTORY_WORKED(s->days_worked),
		show_length(s->worked, a), s->days_worked);
	if (s->days_off_worked)
		buf_addf(out, W_HISTORY_OFF(s->days_off_worked),
			s->days_off_worked);
	buf_adds(out, "\n");
	if (!h->project)
		add_all_figures(s, out);
}

/* --- strips ------------------------------------------------------------------------- */

static void
add_key(const struct paint *p, struct buf *out)
{
	struct buf cell[CELLS] = {{0}};

	for (int i = 0; i < CELLS; i++)
		paint_cell(p, (enum cell)i, &cell[i]);
	buf_addf(out, W_HISTORY_KEY, cell[CELL_WORK].data,
		cell[CELL_LATE].data, cell[CELL_COMMIT].data,
		cell[CELL_END].data);
	for (int i = 0; i < CELLS; i++)
		buf_free(&cell[i]);
}

static void
add_strip(const struct paint *p, const struct strip_axis *axis, date_t date,
	const json_t *day, struct buf *out)
{
	enum cell cells[STRIP_MAX];
	char name[CIVIL_TEXT], worked[SHOW_TEXT];

	strip_fill(axis, date, day, cells);
	paint_field(words_weekday(civil_weekday(date)), 4, out);
	buf_addf(out, "%s ", civil_date_text(date, name) + 5);
	buf_addf(out, "%5s ", day ? show_length(show_int(day, "worked", 0),
					    worked)
				  : "");
	for (int i = 0; i < axis->width; i++)
		paint_cell(p, cells[i], out);
	buf_adds(out, "\n");
}

static void
add_strips(const struct paint *p, const struct history *h, struct buf *out)
{
	struct strip_axis axis;
	int room = p->width - LABEL - 5;

	history_hours(h, &axis.first, &axis.last);
	axis.width = room < STRIP_MAX ? room : STRIP_MAX;
	buf_addf(out, "\n%*s", LABEL + 4, "");
	strip_hours(&axis, out);
	buf_adds(out, "\n");
	for (date_t date = h->from; date <= h->to; date++)
		add_strip(p, &axis, date, history_day(h, date), out);
	if (p->width >= 60)
		add_key(p, out);
}

/* --- the calendar --------------------------------------------------------------------- */

/* Names of months above the weeks in which they begin. */
static void
add_months(date_t monday, int weeks, struct buf *out)
{
	int used = 0;

	for (int i = 0; i < weeks; i++) {
		int year, month, day;
		char text[8];

		civil_split(monday + 7 * i + 6, &year, &month, &day);
		if (day > 7 || i < used || i + 3 > weeks)
			continue;
		for (; used < i; used++)
			buf_adds(out, " ");
		snprintf(text, sizeof text, "%02d ", month);
		buf_adds(out, text);
		used += 3;
	}
}

/* Weeks as columns; `from` is a Monday. */
static void
add_weeks(const struct paint *p, const struct history *h, date_t from,
	int weeks, struct buf *out)
{
	char name[CIVIL_TEXT];

	buf_addf(out, "\n%.4s ", civil_date_text(from + 6, name));
	add_months(from, weeks, out);
	buf_adds(out, "\n");
	for (int row = 0; row < 7; row++) {
		paint_field(words_weekday(row), 5, out);
		for (int i = 0; i < weeks; i++) {
			date_t date = from + 7 * i + row;

			if (date < h->from || date > h->to)
				buf_adds(out, " ");
			else
				paint_shade(p, history_shade(history_day(h, date)),
					out);
		}
		buf_adds(out, "\n");
	}
}

static void
add_calendar(const struct paint *p, const struct history *h, struct buf *out)
{
	date_t from = h->from - civil_weekday(h->from);
	int room = p->width - 6;

	while (from <= h->to) {
		int weeks = (h->to - from) / 7 + 1;

		weeks = weeks < room ? weeks : room;
		weeks = weeks < 53 ? weeks : 53;
		add_weeks(p, h, from, weeks, out);
		from += 7 * weeks;
	}
	buf_addf(out, "     %s ", W_HISTORY_LESS);
	for (int i = 0; i < 5; i++)
		paint_shade(p, i, out);
	buf_addf(out, " %s\n", W_HISTORY_MORE);
}

/* --- bars --------------------------------------------------------------------------------- */

static void
add_bar(const struct paint *p, const char *name, int64_t value, int64_t most,
	struct buf *out)
{
	int label = p->width < 60 ? 14 : 24;
	char text[SHOW_TEXT];

	buf_adds(out, "  ");
	paint_field(name, label, out);
	buf_addf(out, " %7s ", show_length(value, text));
	paint_bar(p, value, most, p->width - label - 12, out);
	buf_adds(out, "\n");
}

static void
add_projects(const struct paint *p, const struct history_sums *s,
	struct buf *out)
{
	if (!s->nproject)
		return;
	buf_addf(out, "\n%s\n", W_HISTORY_PROJECTS);
	for (int i = 0; i < s->nproject && i < PROJECTS_SHOWN; i++) {
		AUTO_FREE char *path = xstrdup(s->project[i].path);
		const char *slash = strrchr(path, '/');

		text_oneline(path);
		add_bar(p, slash ? slash + 1 : *path ? path
						     : W_HISTORY_NO_PROJECT,
			s->project[i].worked, s->project[0].worked, out);
	}
}

static void
add_weekdays(const struct paint *p, const struct history_sums *s,
	struct buf *out)
{
	int64_t most = 0;

	for (int i = 0; i < 7; i++)
		most = max64(most, s->weekday[i]);
	buf_addf(out, "\n%s\n", W_HISTORY_WEEKDAYS);
	for (int i = 0; i < 7; i++)
		if (s->weekday[i])
			add_bar(p, words_weekday(i), s->weekday[i], most, out);
}

/* --- extensions and on-call times ------------------------------------------------------------ */

void
history_promise(const struct json_t *day, const struct json_t *one,
	struct buf *out)
{
	char at[SHOW_TEXT], ended[SHOW_TEXT] = "?";
	AUTO_BUF struct buf until = {0};
	AUTO_FREE char *why = xstrdup(show_string(one, "why"));
	bool oncall = streq(show_string(one, "kind"), "oncall");

	text_oneline(why);
	show_time(show_int(one, "at", 0), at);
	instant_add_dated(show_int(one, "at", 0), show_int(one, "until", 0),
		&until);
	if (show_int(one, "ended", NONE) != NONE)
		show_time(show_int(one, "ended", 0), ended);
	buf_addf(out, oncall ? W_HISTORY_ONCALL : W_HISTORY_EXTENDED,
		show_string(day, "day"), at, until.data, ended, *why ? ": " : "",
		why);
}

static void
add_promises(const struct history *h, struct buf *out)
{
	const json_t *day, *one;
	bool any = false;
	size_t i, k;

	json_array_foreach(h->days, i, day)
		json_array_foreach(json_object_get(day, "promised"), k, one)
		{
			if (!any)
				buf_addf(out, "\n%s\n", W_HISTORY_PROMISED);
			any = true;
			buf_adds(out, "  ");
			history_promise(day, one, out);
			buf_adds(out, "\n");
		}
}

/* Escapes of ours are the only ones: what came from elsewhere is made plain
 * before it is put in. */
void
history_text(const struct history *h, const char *title)
{
	AUTO_BUF struct buf out = {0}, wrapped = {0};
	struct paint p;

	paint_look(&p);
	history_title(h, title, &out);
	buf_adds(&out, "\n");
	if (!json_array_size(h->days)) {
		printf("%s%s", out.data, W_HISTORY_NOTHING);
		return;
	}
	history_figures(h, &out);
	if (!h->project && h->to - h->from < STRIP_DAYS)
		add_strips(&p, h, &out);
	if (h->to - h->from >= 13)
		add_calendar(&p, h, &out);
	add_projects(&p, &h->sums, &out);
	add_weekdays(&p, &h->sums, &out);
	if (h->to - h->from < STRIP_DAYS)
		add_promises(h, &out);
	if (isatty(STDOUT_FILENO))
		paint_wrap(&p, out.data, &wrapped);
	fputs(wrapped.data ? wrapped.data : out.data, stdout);
}
