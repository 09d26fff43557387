/* SPDX-License-Identifier: MIT */
/*
 * Windows, cuts and days.  The contract speaks of all windows in order; but
 * whether a turn is a cut depends on the windows around it alone, because no
 * window is longer than a day: a turn is a cut unless a window has
 * S < turn <= E, and a gap between two windows without a turn in (E, S] has its
 * midpoint.  So a strip of a few dates around an instant is all that is ever
 * computed.
 */
#include "engine/state.h"

#define REACH 4 /* dates to either side */
#define DATES (2 * REACH + 1)
#define DAY_MINUTES 1440

struct window {
	date_t date;
	int workday;
	int64_t start, end;
};

struct strip {
	struct window window[DATES];
	int nwindow;
	int64_t cut[2 * DATES];
	int ncut;
};

int
calendar_weekday(date_t date)
{
	int w = (date + 3) % 7; /* 1970-01-01 was a Thursday */

	return w < 0 ? w + 7 : w;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* --- dates ------------------------------------------------------------- */

static int
rules_workday(const struct rules *r, date_t date)
{
	int i;

	if (r->rota_start != RULES_NONE && r->ncycle > 0 &&
		date >= r->rota_start) {
		i = r->cycle[(date - r->rota_start) % r->ncycle];
		return i < r->nworkday ? i : RULES_OFF;
	}
	for (i = r->nworkday - 1; i >= 0; i--)
		if (r->workday[i].days & 1u << calendar_weekday(date))
			return i;
	return RULES_OFF;
}

static const struct exception *
find_exception(const struct calendar *cal, date_t date)
{
	for (int i = 0; i < cal->nexception; i++)
		if (cal->exception[i].from <= date &&
			date <= cal->exception[i].to)
			return &cal->exception[i];
	return NULL;
}

/* A calendar without sections has what an empty config has. */
const struct rules_workday *
calendar_section(const struct calendar *cal, int workday)
{
	if (workday < 0 || workday >= cal->rules->nworkday)
		return &rules_default.workday[0];
	return &cal->rules->workday[workday];
}

void
calendar_entry(const struct calendar *cal, date_t date, struct entry *out)
{
	const struct exception *x = find_exception(cal, date);
	const struct rules_workday *section;

	out->workday = rules_workday(cal->rules, date);
	out->exception = x != NULL;
	if (x && x->start < 0)
		out->workday = RULES_OFF;
	else if (x && out->workday < 0)
		out->workday = 0;
	section = calendar_section(cal, out->workday);
	out->start = x ? x->start : section->start;
	out->merge = x ? x->merge : section->merge;
}

int64_t
calendar_limit(const struct calendar *cal, date_t date, int workday)
{
	const struct rules *r = cal->rules;
	int64_t week;

	if (r->return_start == RULES_NONE || date < r->return_start)
		return calendar_section(cal, workday)->limit;
	week = (date - r->return_start) / 7;
	if (week >= r->return_weeks)
		return r->return_to;
	return r->return_from +
		floor_div((r->return_to - r->return_from) * week,
			r->return_weeks);
}

static bool
calendar_window(const struct calendar *cal, date_t date, struct window *out)
{
	struct entry entry;
	int end;

	calendar_entry(cal, date, &entry);
	if (entry.workday < 0)
		return false;
	end = entry.merge;
	if (end <= entry.start)
		end += DAY_MINUTES;
	out->date = date;
	out->workday = entry.workday;
	out->start = cal->zone->instant(date, entry.start);
	out->end = max64(out->start, cal->zone->instant(date, end));
	return true;
}

bool
calendar_overlaps(const struct calendar *cal, date_t date)
{
	struct window w, next;

	return calendar_window(cal, date, &w) &&
		calendar_window(cal, date + 1, &next) && w.end > next.start;
}

/* --- cuts -------------------------------------------------------------- */

/* Overlaps are refused before they come here; should one come, the earlier
 * window ends where the later begins, so that the order of things holds. */
static void
strip_windows(const struct calendar *cal, date_t date, struct strip *s)
{
	struct window w, *last;

	for (date_t d = date - REACH; d <= date + REACH; d++) {
		if (!calendar_window(cal, d, &w))
			continue;
		last = s->nwindow ? &s->window[s->nwindow - 1] : NULL;
		if (last && last->end > w.start)
			last->end = max64(last->start, w.start);
		s->window[s->nwindow++] = w;
	}
}

static void
strip_cut(struct strip *s, int64_t t)
{
	int i = s->ncut;

	while (i > 0 && s->cut[i - 1] >= t)
		i--;
	if (i < s->ncut && s->cut[i] == t)
		return;
	memmove(&s->cut[i + 1], &s->cut[i],
		(size_t)(s->ncut - i) * sizeof s->cut[0]);
	s->cut[i] = t;
	s->ncut++;
}

static bool
strip_covered(const struct strip *s, int64_t t)
{
	for (int i = 0; i < s->nwindow; i++)
		if (s->window[i].start < t && t <= s->window[i].end)
			return true;
	return false;
}

static bool
strip_cut_between(const struct strip *s, int64_t after, int64_t upto)
{
	for (int i = 0; i < s->ncut; i++)
		if (after < s->cut[i] && s->cut[i] <= upto)
			return true;
	return false;
}

static void
strip_build(const struct calendar *cal, date_t date, struct strip *s)
{
	int64_t t, end, start;

	s->nwindow = s->ncut = 0;
	strip_windows(cal, date, s);
	for (date_t d = date - REACH; d <= date + REACH; d++) {
		t = cal->zone->instant(d, cal->rules->turn);
		if (!strip_covered(s, t))
			strip_cut(s, t);
	}
	for (int i = 0; i + 1 < s->nwindow; i++) {
		end = s->window[i].end;
		start = s->window[i + 1].start;
		if (!strip_cut_between(s, end, start))
			strip_cut(s, end + (start - end) / 2);
	}
}

/* The cuts around t; a zone that yields none still has days. */
static void
strip_edges(const struct strip *s, int64_t t, int64_t *open, int64_t *close)
{
	int i = 0;

	while (i < s->ncut && s->cut[i] <= t)
		i++;
	*open = i > 0 ? s->cut[i - 1] : t;
	*close = i < s->ncut ? s->cut[i] : later(t, DAY_S);
}

/* The window that begins between two cuts; there is one at most, but for
 * windows that a change of the clock made empty. */
static const struct window *
strip_window(const struct strip *s, int64_t open, int64_t close)
{
	const struct window *found = NULL;

	for (int i = 0; i < s->nwindow; i++) {
		const struct window *w = &s->window[i];

		if (w->start < open || w->start >= close)
			continue;
		if (!found || found->start == found->end)
			found = w;
	}
	return found;
}

static void
strip_span(const struct calendar *cal, const struct strip *s, int64_t t,
	struct span *out)
{
	const struct window *w;

	memset(out, 0, sizeof *out);
	strip_edges(s, t, &out->open, &out->close);
	w = strip_window(s, out->open, out->close);
	out->working = w != NULL;
	out->workday = w ? w->workday : RULES_OFF;
	out->start = w ? w->start : RULES_NONE;
	out->end = w ? w->end : RULES_NONE;
	out->name = cal->zone->date(w ? w->start : out->open);
	out->date = w ? w->date : out->name;
}

/* --- days -------------------------------------------------------------- */

/* The day after one that ends at `close`, both in the same strip: no day is
 * longer than two dates, so it reaches far enough. */
static int64_t
strip_latest(const struct calendar *cal, const struct strip *s, int64_t close)
{
	struct span next;

	strip_span(cal, s, close, &next);
	return next.working ? next.start : next.close;
}

void
calendar_at(const struct calendar *cal, int64_t t, struct span *out)
{
	struct strip strip;

	strip_build(cal, cal->zone->date(t), &strip);
	strip_span(cal, &strip, t, out);
	out->latest = strip_latest(cal, &strip, out->close);
}

static bool
strip_of(const struct calendar *cal, const struct strip *s, date_t date,
	struct span *out)
{
	struct window w;

	if (calendar_window(cal, date, &w)) {
		strip_span(cal, s, w.start, out);
		return true;
	}
	for (int i = 0; i < s->ncut; i++) {
		if (cal->zone->date(s->cut[i]) != date)
			continue;
		strip_span(cal, s, s->cut[i], out);
		if (!out->working)
			return true;
	}
	return false;
}

bool
calendar_of(const struct calendar *cal, date_t date, struct span *out)
{
	struct strip strip;

	strip_build(cal, date, &strip);
	if (!strip_of(cal, &strip, date, out))
		return false;
	out->latest = strip_latest(cal, &strip, out->close);
	return true;
}

void
calendar_rest(const struct calendar *cal, struct span *span)
{
	struct strip strip;
	int64_t open;

	span->working = false;
	span->workday = RULES_OFF;
	span->start = span->end = RULES_NONE;
	strip_build(cal, cal->zone->date(span->open), &strip);
	strip_edges(&strip, span->open, &open, &span->close);
	span->latest = strip_latest(cal, &strip, span->close);
}
