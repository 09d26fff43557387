/* SPDX-License-Identifier: MIT */
/*
 * One file that asks nobody for anything: style and pictures are in it, there
 * is no script.  Every picture has its words, in a title and in a table.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "client/history.h"
#include "client/show.h"
#include "words/words.h"

#define NONE INT64_MIN
#define STRIP_W 560
#define STRIP_H 20
#define BAR_W 300
/* A strip takes the width that is there: a page is printed, too. */
#define VIEW "viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" "
#define CELL 13
#define LEFT 32 /* of the calendar: the days of the week */
#define TOP 15	/* and the months */

static const char style[] =
	":root{color-scheme:light dark;--bg:#fff;--fg:#1a1a1a;--dim:#595959;"
	"--line:#8a8a8a;--track:#e6e6e6;--work:#1f5fa8;--late:#b35900;"
	"--s1:#b9d3f0;--s2:#7dacdf;--s3:#3f7fc1;--s4:#174a86}"
	"@media (prefers-color-scheme:dark){:root{--bg:#16181c;--fg:#ececec;"
	"--dim:#b3b3b3;--line:#8a8a8a;--track:#33373d;--work:#79b2f2;"
	"--late:#ffb454;--s1:#24405f;--s2:#37699b;--s3:#5a96d4;--s4:#a6cffa}}"
	"@page{size:landscape}@media print{:root{--bg:#fff;--fg:#000;--dim:#333}tr,svg{break-inside:"
	"avoid}}"
	"body{background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,"
	"sans-serif;max-width:72rem;margin:0 auto;padding:1rem}"
	"table{border-collapse:collapse;width:100%}th,td{text-align:left;"
	"padding:.15rem .6rem .15rem 0;white-space:nowrap}th{color:var(--dim);"
	"font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:"
	"tabular-nums}.wide{overflow-x:auto}svg{vertical-align:middle;"
	"max-width:none}.day{width:100%;min-width:22rem}"
	".track{fill:var(--track)}.work{fill:var(--work)}"
	".late{fill:url(#hatch)}.end{stroke:var(--fg);stroke-width:2}"
	".commit{fill:var(--bg);stroke:var(--fg);stroke-width:1.5}"
	".s0{fill:var(--track)}.s1{fill:var(--s1)}.s2{fill:var(--s2)}"
	".s3{fill:var(--s3)}.s4{fill:var(--s4)}text{fill:var(--dim);"
	"font:11px system-ui,sans-serif}";

/* Late work is hatched: not told by its colour alone. */
static const char hatch[] =
	"<svg width=\"0\" height=\"0\" aria-hidden=\"true\" "
	"style=\"position:absolute\"><defs><pattern id=\"hatch\" width=\"5\" "
	"height=\"5\" patternUnits=\"userSpaceOnUse\" "
	"patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" "
	"fill=\"var(--track)\"/><rect width=\"3\" height=\"5\" "
	"fill=\"var(--late)\"/></pattern></defs></svg>\n";

static void
escape(const char *text, struct buf *out)
{
	AUTO_FREE char *plain = xstrdup(text);

	text_oneline(plain);
	for (const char *c = plain; *c; c++) {
		switch (*c) {
		case '<':
			buf_adds(out, "&lt;");
			break;
		case '>':
			buf_adds(out, "&gt;");
			break;
		case '&':
			buf_adds(out, "&amp;");
			break;
		case '"':
			buf_adds(out, "&quot;");
			break;
		default:
			buf_add(out, c, 1);
		}
	}
}

/* --- a day as a strip ------------------------------------------------------------- */

struct axis {
	int first, last; /* hours */
};

static double
x_of(const struct axis *a, date_t date, int64_t t)
{
	int span = (a->last - a->first) * 60;
	double x = (history_minute(date, t) - a->first * 60) * (double)STRIP_W /
		span;

	return x < 0 ? 0 : x > STRIP_W ? STRIP_W : x;
}

static void
rectangle(const char *class, double from, double to, struct buf *out)
{
	if (to > from)
		buf_addf(out,
			"<rect class=\"%s\" x=\"%.1f\" width=\"%.1f\" y=\"3\" "
			"height=\"%d\"/>",
			class, from, to - from, STRIP_H - 6);
}

static void
strip_work(const struct axis *a, date_t date, const json_t *day,
	struct buf *out)
{
	int64_t end = show_int(day, "effective_end", NONE);
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(day, "stretches"), i, one) {
		int64_t from = show_int(one, "start", 0);
		int64_t to = from + show_int(one, "length", 0);
		int64_t cut = end == NONE ? to : max64(from, min64(to, end));

		rectangle("work", x_of(a, date, from), x_of(a, date, cut), out);
		rectangle("late", x_of(a, date, cut), x_of(a, date, to), out);
	}
}

static void
say_day(const json_t *day, const char *name, struct buf *out)
{
	char worked[SHOW_TEXT], first[SHOW_TEXT], last[SHOW_TEXT];

	if (!day || show_int(day, "first", NONE) == NONE)
		buf_addf(out, W_HISTORY_ARIA_NOTHING, name);
	else
		buf_addf(out, W_HISTORY_ARIA, name,
			show_length(show_int(day, "worked", 0), worked),
			show_time(show_int(day, "first", 0), first),
			show_time(show_int(day, "last", 0), last));
}

static void
strip(const struct axis *a, date_t date, const json_t *day, struct buf *out)
{
	int64_t end = show_int(day, "effective_end", NONE);
	AUTO_BUF struct buf words = {0};
	const json_t *at;
	size_t i;

	say_day(day, show_string(day, "day"), &words);
	buf_addf(out,
		"<svg class=\"day\" role=\"img\" aria-label=\"%s\" " VIEW
		"height=\"%d\"><title>%s</title>",
		words.data, STRIP_W, STRIP_H, STRIP_H, words.data);
	rectangle("track", 0, STRIP_W, out);
	strip_work(a, date, day, out);
	json_array_foreach(json_object_get(day, "commit_times"), i, at)
		buf_addf(out,
			"<circle class=\"commit\" cx=\"%.1f\" cy=\"%d\" "
			"r=\"3\"/>",
			x_of(a, date, show_number(at, 0)), STRIP_H / 2);
	if (end != NONE)
		buf_addf(out,
			"<line class=\"end\" x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" "
			"y2=\"%d\"/>",
			x_of(a, date, end), x_of(a, date, end), STRIP_H);
	buf_adds(out, "</svg>");
}

static void
cell(const char *class, const char *text, struct buf *out)
{
	buf_addf(out, "<td%s>%s</td>", class, text);
}

static void
day_row(const struct axis *a, const json_t *day, date_t date, struct buf *out)
{
	char t[SHOW_TEXT];
	bool any = show_int(day, "first", NONE) != NONE;
	int64_t end = show_int(day, "end", NONE);

	buf_adds(out, "<tr><th scope=\"row\">");
	show_add_date(day, "day", out);
	buf_adds(out, "</th>");
	cell(" class=\"n\"", show_length(show_int(day, "worked", 0), t), out);
	cell("", any ? show_time(show_int(day, "first", 0), t) : "", out);
	cell("", any ? show_time(show_int(day, "last", 0), t) : "", out);
	cell("", end == NONE ? "" : show_time(end, t), out);
	snprintf(t, sizeof t, "%lld", (long long)show_int(day, "commits", 0));
	cell(" class=\"n\"", t, out);
	buf_adds(out, "<td>");
	strip(a, date, day, out);
	buf_adds(out, "</td></tr>\n");
}

static void
hours(const struct axis *a, struct buf *out)
{
	int step = a->last - a->first > 14 ? 2 : 1;

	buf_addf(out,
		"<svg class=\"day\" aria-hidden=\"true\" " VIEW
		"height=\"14\">",
		STRIP_W, 14);
	for (int h = a->first; h < a->last; h += step)
		buf_addf(out, "<text x=\"%d\" y=\"11\">%02d</text>",
			(h - a->first) * STRIP_W / (a->last - a->first),
			h % 24);
	buf_adds(out, "</svg>");
}

/* What the marks in a strip mean. */
static void
key(struct buf *out)
{
	static const char *const marks[] = {
		"<rect class=\"work\" width=\"18\" height=\"12\"/>",
		"<rect class=\"late\" width=\"18\" height=\"12\"/>",
		"<circle class=\"commit\" cx=\"9\" cy=\"6\" r=\"3\"/>",
		"<line class=\"end\" x1=\"9\" x2=\"9\" y1=\"0\" y2=\"12\"/>"};
	char *svg[ARRAY_SIZE(marks)];

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		svg[i] = xasprintf("<svg aria-hidden=\"true\" width=\"18\" "
				   "height=\"12\">%s</svg>",
			marks[i]);
	buf_adds(out, "<p>");
	buf_addf(out, W_HISTORY_KEY, svg[0], svg[1], svg[2], svg[3]);
	buf_adds(out, "</p>\n");
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		free(svg[i]);
}

static void
days(const struct history *h, struct buf *out)
{
	const char *heads[] = {W_HISTORY_COL_FROM, W_HISTORY_COL_TO,
		W_HISTORY_COL_END};
	struct axis a;

	history_hours(h, &a.first, &a.last);
	buf_addf(out,
		"<h2>%s</h2>\n<div class=\"wide\" tabindex=\"0\" "
		"role=\"region\" aria-label=\"%s\"><table><thead><tr>"
		"<th scope=\"col\">%s</th><th scope=\"col\" class=\"n\">%s</th>",
		W_HISTORY_DAYS, W_HISTORY_DAYS, W_HISTORY_COL_DAY,
		W_HISTORY_COL_WORKED);
	for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
		buf_addf(out, "<th scope=\"col\">%s</th>", heads[i]);
	buf_addf(out,
		"<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\">%s<br>",
		W_HISTORY_COL_COMMITS, W_HISTORY_COL_STRIP);
	hours(&a, out);
	buf_adds(out, "</th></tr></thead><tbody>\n");
	for (date_t date = h->from; date <= h->to; date++) {
		const json_t *day = history_day(h, date);

		if (day)
			day_row(&a, day, date, out);
	}
	buf_adds(out, "</tbody></table></div>\n");
	key(out);
}

/* --- the calendar -------------------------------------------------------------------- */

/* The days of the week at the left, and the month over its first week. */
static void
calendar_labels(const struct history *h, date_t monday, struct buf *out)
{
	char name[CIVIL_TEXT];

	for (int i = 0; i < 7; i++)
		buf_addf(out, "<text x=\"0\" y=\"%d\">%s</text>",
			TOP + i * CELL + CELL - 4, words_weekday(i));
	for (date_t date = monday; date <= h->to; date += 7)
		if (civil_date_text(date + 6, name) &&
			strcmp(name + 8, "07") <= 0)
			buf_addf(out,
				"<text x=\"%d\" y=\"10\">%.2s</text>",
				LEFT + (date - monday) / 7 * CELL, name + 5);
}

static void
calendar_key(struct buf *out)
{
	buf_addf(out, "<p>%s <svg aria-hidden=\"true\" width=\"%d\" "
		      "height=\"%d\">",
		W_HISTORY_LESS, 5 * CELL, CELL);
	for (int i = 0; i < 5; i++)
		buf_addf(out,
			"<rect class=\"s%d\" x=\"%d\" y=\"1\" width=\"%d\" "
			"height=\"%d\" rx=\"2\"/>",
			i, i * CELL, CELL - 2, CELL - 2);
	buf_addf(out, "</svg> %s</p>\n", W_HISTORY_MORE);
}

static void
calendar(const struct history *h, struct buf *out)
{
	date_t monday = h->from - civil_weekday(h->from);
	int weeks = (h->to - monday) / 7 + 1;

	buf_addf(out,
		"<h2>%s</h2>\n<div class=\"wide\" tabindex=\"0\" "
		"role=\"region\" aria-label=\"%s\"><svg role=\"img\" "
		"aria-label=\"%s\" width=\"%d\" height=\"%d\">",
		W_HISTORY_CALENDAR, W_HISTORY_CALENDAR, W_HISTORY_CALENDAR,
		LEFT + weeks * CELL, TOP + 7 * CELL);
	calendar_labels(h, monday, out);
	for (date_t date = h->from; date <= h->to; date++) {
		const json_t *day = history_day(h, date);
		AUTO_BUF struct buf words = {0};
		char name[CIVIL_TEXT];

		say_day(day, civil_date_text(date, name), &words);
		buf_addf(out,
			"<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%d\" "
			"height=\"%d\" rx=\"2\"><title>%s</title></rect>",
			history_shade(day), LEFT + (date - monday) / 7 * CELL,
			TOP + civil_weekday(date) * CELL, CELL - 2, CELL - 2,
			words.data);
	}
	buf_adds(out, "</svg></div>\n");
	calendar_key(out);
}

/* --- bars and lists --------------------------------------------------------------------- */

static void
bar_row(const char *name, int64_t value, int64_t most, struct buf *out)
{
	char text[SHOW_TEXT];

	buf_adds(out, "<tr><th scope=\"row\">");
	escape(name, out);
	buf_addf(out,
		"</th><td class=\"n\">%s</td><td><svg aria-hidden=\"true\" "
		"width=\"%d\" height=\"%d\">",
		show_length(value, text), BAR_W, STRIP_H);
	if (most > 0)
		rectangle("work", 0, (double)value * BAR_W / (double)most, out);
	buf_adds(out, "</svg></td></tr>\n");
}

static void
bars_head(const char *title, struct buf *out)
{
	buf_addf(out,
		"<h2>%s</h2>\n<div class=\"wide\" tabindex=\"0\" "
		"role=\"region\" aria-label=\"%s\"><table><tbody>\n",
		title, title);
}

static void
bars(const struct history_sums *s, struct buf *out)
{
	int64_t most = 0;

	for (int i = 0; i < 7; i++)
		most = max64(most, s->weekday[i]);
	if (s->nproject) {
		bars_head(W_HISTORY_PROJECTS, out);
		for (int i = 0; i < s->nproject; i++)
			bar_row(*s->project[i].path ? s->project[i].path
						    : W_HISTORY_NO_PROJECT,
				s->project[i].worked, s->project[0].worked,
				out);
		buf_adds(out, "</tbody></table></div>\n");
	}
	bars_head(W_HISTORY_WEEKDAYS, out);
	for (int i = 0; i < 7; i++)
		bar_row(words_weekday(i), s->weekday[i], most, out);
	buf_adds(out, "</tbody></table></div>\n");
}

static void
promises(const struct history *h, struct buf *out)
{
	const json_t *day, *one;
	size_t i, k;
	bool any = false;

	json_array_foreach(h->days, i, day)
		json_array_foreach(json_object_get(day, "promised"), k, one)
		{
			AUTO_BUF struct buf line = {0};

			if (!any)
				buf_addf(out, "<h2>%s</h2>\n<ul>\n",
					W_HISTORY_PROMISED);
			any = true;
			history_promise(day, one, &line);
			buf_adds(out, "<li>");
			escape(line.data, out);
			buf_adds(out, "</li>\n");
		}
	if (any)
		buf_adds(out, "</ul>\n");
}

static void
figures(const struct history *h, struct buf *out)
{
	AUTO_BUF struct buf text = {0};
	char *rest, *line;

	history_figures(h, &text);
	rest = text.data;
	buf_adds(out, "<ul>\n");
	while ((line = strsep(&rest, "\n")))
		if (*line) {
			buf_adds(out, "<li>");
			escape(line, out);
			buf_adds(out, "</li>\n");
		}
	buf_adds(out, "</ul>\n");
}

static int
put(FILE *f, const struct buf *page)
{
	return fwrite(page->data, 1, page->len, f) == page->len ? 0 : -errno;
}

static int
write_page(const char *path, const struct buf *page)
{
	FILE *f;
	int r;

	if (streq(path, "-"))
		return put(stdout, page);
	f = fopen(path, "we");
	if (!f)
		return -errno;
	r = put(f, page);
	return fclose(f) == 0 ? r : -errno;
}

int
history_html(const struct history *h, const char *title, const char *path)
{
	AUTO_BUF struct buf out = {0}, head = {0}, plain = {0};

	history_title(h, title, &plain);
	escape(plain.data, &head);
	buf_addf(&out,
		"<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset="
		"\"utf-8\"><meta name=\"viewport\" content=\"width=device-"
		"width,initial-scale=1\"><meta http-equiv=\"Content-Security-"
		"Policy\" content=\"default-src 'none'; style-src "
		"'unsafe-inline'\"><title>%s</title><style>%s</style></head>"
		"<body>%s<main><h1>%s</h1>\n",
		W_HTML_LANGUAGE, head.data, style, hatch, head.data);
	figures(h, &out);
	if (!h->project)
		days(h, &out);
	if (h->to - h->from >= 13)
		calendar(h, &out);
	bars(&h->sums, &out);
	promises(h, &out);
	buf_adds(&out, "</main></body></html>\n");
	return write_page(path, &out);
}
