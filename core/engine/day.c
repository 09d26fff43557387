/* SPDX-License-Identifier: MIT */
/*
 * The day that holds now: how it begins, what is counted in it, when it turns.
 * It is planned once, when it begins, and kept: a day goes on past its closing
 * cut as long as somebody works, so the calendar alone cannot say which day
 * it is.
 */
#include "engine/state.h"

/* --- planning ---------------------------------------------------------- */

static bool
was_warned(const struct day *d, int64_t w)
{
	for (int i = 0; i < d->nwarn; i++)
		if (d->warn[i] == w && d->warned & 1u << i)
			return true;
	return false;
}

/* The lengths may change in the middle of a day; which were given stays. */
static void
plan_warns(struct day *d, const struct rules_workday *section)
{
	unsigned warned = 0;

	for (int i = 0; i < section->nwarn; i++)
		if (was_warned(d, section->warn[i]))
			warned |= 1u << i;
	memcpy(d->warn, section->warn, sizeof d->warn);
	d->nwarn = section->nwarn;
	d->warned = warned;
	d->crossed = 0;
}

static void
plan_end(struct end *end, const struct span *span)
{
	if (!end->moved)
		end->at = span->end;
}

/* Makes the day what `span` says, leaving alone what happened in it. */
static void
day_plan(struct engine *e, const struct span *span)
{
	struct day *d = &e->day;

	if (d->span.working != span->working)
		d->seen = false;
	d->span = *span;
	plan_end(&d->end, span);
	plan_end(&d->before, span);
	plan_warns(d, calendar_section(&e->cal, span->workday));
	d->limit = RULES_NONE;
	if (span->working) {
		d->limit = calendar_limit(&e->cal, span->date, span->workday);
		d->off_due = RULES_NONE;
	} else {
		d->morning = false;
	}
}

void
day_begin(struct engine *e)
{
	struct day *d = &e->day;
	struct span span;

	memset(d, 0, sizeof *d);
	d->first = d->last = RULES_NONE;
	d->merge_closing = d->merge_other = RULES_NONE;
	d->started_over = d->last_given = d->off_due = RULES_NONE;
	calendar_at(&e->cal, e->now, &span);
	day_plan(e, &span);
	e->stretch.ours = false;
	e->since[NOTICE_MERGE] = e->since[NOTICE_LATE] = RULES_NONE;
	e->since[NOTICE_OFF] = RULES_NONE;
}

/* The day keeps its date.  When the new plan has no such day, because a
 * neighbour's now reaches over it, what is left of it is a day off. */
void
day_replan(struct engine *e)
{
	struct day *d = &e->day;
	struct span span;

	if (!calendar_of(&e->cal, d->span.date, &span)) {
		span = d->span;
		calendar_rest(&e->cal, &span);
	}
	day_plan(e, &span);
}

/* --- turning ----------------------------------------------------------- */

int64_t
day_turning(const struct engine *e)
{
	const struct day *d = &e->day;
	int64_t t = d->span.close;

	if (e->activity != RULES_NONE)
		t = max64(t, later(e->activity, e->cal.rules->brk));
	return min64(t, max64(d->span.latest, d->span.close));
}

static void
day_close(struct engine *e, struct engine_effects *fx)
{
	const struct day *d = &e->day;
	struct engine_effect *effect;

	if (d->first == RULES_NONE)
		return;
	effect = effect_add(e, fx, EFFECT_CLOSED);
	effect->closed.ended = d->last;
	effect->closed.worked = d->worked;
	effect->closed.longest = d->longest;
}

void
day_turn(struct engine *e, struct engine_effects *fx)
{
	while (day_turning(e) <= e->now) {
		day_close(e, fx);
		e->note_other |= e->note;
		e->note = false;
		if (e->carry == ENGINE_NEVER)
			e->carry = RULES_NONE;
		day_begin(e);
	}
}

/* --- what is counted --------------------------------------------------- */

void
day_start_over(struct day *d, int64_t now)
{
	d->started_over = now;
	d->warned = 0;
	d->merge_given = false;
	d->late_given = 0;
	d->last_given = RULES_NONE;
}

static void
count_stretch(struct engine *e)
{
	struct stretch *s = &e->stretch;

	if (e->activity == RULES_NONE ||
		e->now - e->activity >= e->cal.rules->brk) {
		s->start = e->now;
		s->ours = true;
		s->given = 0;
		s->last = RULES_NONE;
		e->since[NOTICE_STRETCH] = RULES_NONE;
	}
	if (s->ours)
		e->day.longest = max64(e->day.longest, e->now - s->start);
}

/* Which warnings the way from `before` to the worked time of now has met. */
static void
count_crossed(struct day *d, int64_t before)
{
	int64_t mark;

	for (int i = 0; i < d->nwarn; i++) {
		mark = d->limit - d->warn[i];
		if (mark > 0 && before < mark && mark <= d->worked)
			d->crossed |= 1u << i;
	}
}

static void
count_worked(struct engine *e)
{
	struct day *d = &e->day;
	int64_t before = d->worked;

	if (d->last != RULES_NONE && e->now - d->last < e->cal.rules->brk)
		d->worked += e->now - d->last;
	if (d->limit == RULES_NONE || d->lifted)
		return;
	count_crossed(d, before);
	if (d->worked >= d->limit && e->now < d->end.at)
		d->end = (struct end){.at = e->now, .moved = true};
}

void
day_activity(struct engine *e)
{
	struct day *d = &e->day;

	count_stretch(e);
	count_worked(e);
	if (d->first == RULES_NONE)
		d->first = e->now;
	d->last = e->now;
	if (!d->seen && d->span.working)
		d->morning = e->note_other;
	else if (!d->seen && d->off_due == RULES_NONE)
		d->off_due = e->now;
	d->seen = true;
	e->activity = e->now;
	e->away = false;
}
