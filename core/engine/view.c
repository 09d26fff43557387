/* SPDX-License-Identifier: MIT */
/* Where things stand and what is planned, for whoever asks: nothing here
 * decides, it only reads what decides. */
#include "engine/state.h"

/* An instant that has passed is none. */
static int64_t
ahead(const struct engine *e, int64_t t)
{
	return t > e->now ? t : RULES_NONE;
}

static void
view_day(const struct engine *e, struct engine_view *v)
{
	const struct day *d = &e->day;
	const struct rules_workday *section =
		calendar_section(&e->cal, d->span.workday);

	v->day = d->span.name;
	v->working_day = d->span.working;
	v->closed = d->closed;
	v->start = d->span.start;
	v->end = d->span.end;
	v->effective_end = d->span.working ? d->end.at : RULES_NONE;
	v->open = d->span.open;
	v->close = d->span.close;
	v->workday = d->span.workday;
	v->worked = d->worked;
	v->first = d->first;
	v->last = d->last;
	v->longest = d->longest;
	v->limit = d->lifted ? RULES_NONE : d->limit;
	v->extensions_granted = d->granted;
	if (d->span.working && d->granted < section->extensions)
		v->extensions_left = section->extensions - d->granted;
}

void
engine_view(const struct engine *e, struct engine_view *v)
{
	const struct stretch *s = &e->stretch;
	const struct block *b = &e->block[0];

	memset(v, 0, sizeof *v);
	v->now = e->now;
	v->regime = engine_regime(e);
	v->present = engine_present(e, e->now);
	v->away = e->away;
	v->busy = e->busy;
	view_day(e, v);
	v->stretch_start = RULES_NONE;
	if (s->start != RULES_NONE &&
		e->now - e->activity < e->cal.rules->brk) {
		v->stretch_start = s->start;
		v->stretch_length = e->activity - s->start;
	}
	v->latest = e->activity;
	v->oncall_until = ahead(e, e->oncall);
	v->snooze_until = ahead(e, e->snooze);
	v->carry_until = ahead(e, e->carry);
	v->block_from = v->block_to = RULES_NONE;
	if (v->regime == REGIME_PROTECTED) {
		v->block_from = b->from;
		v->block_to = b->to;
	}
	v->note_waiting = e->note_other;
}

int
engine_pending(const struct engine *e, struct engine_pending *out, int max)
{
	struct engine_pending p;
	int n = 0, at;

	for (int k = 0; k < NOTICE_KINDS; k++) {
		enum engine_notice kind = (enum engine_notice)k;

		for (int i = 0; i < notice_count(e, kind); i++) {
			if (!notice_judge(e, kind, i, &p))
				continue;
			if (n == max && (!n || out[n - 1].due <= p.due))
				continue;
			at = n < max ? n++ : n - 1;
			for (; at > 0 && out[at - 1].due > p.due; at--)
				out[at] = out[at - 1];
			out[at] = p;
		}
	}
	return n;
}

/* --- dates ------------------------------------------------------------- */

static void
plan_blocks(const struct engine *e, struct engine_plan *out)
{
	struct block blocks[RULES_BLOCKS + 1];

	out->nblock = block_on(&e->cal, out->date, blocks, RULES_BLOCKS);
	for (int i = 0; i < out->nblock; i++) {
		out->block[i].from = blocks[i].from;
		out->block[i].to = blocks[i].to;
		out->block[i].lead = blocks[i].lead;
		out->block[i].block = blocks[i].index;
	}
}

void
engine_plan(const struct engine *e, date_t date, struct engine_plan *out)
{
	const struct rules_workday *section;
	struct entry entry;
	struct span span;

	memset(out, 0, sizeof *out);
	calendar_entry(&e->cal, date, &entry);
	out->date = date;
	out->workday = entry.workday;
	out->exception = entry.exception;
	out->start = out->end = out->open = out->close = RULES_NONE;
	out->limit = RULES_NONE;
	if (calendar_of(&e->cal, date, &span)) {
		out->start = span.start;
		out->end = span.end;
		out->open = span.open;
		out->close = span.close;
	}
	if (entry.workday >= 0) {
		section = calendar_section(&e->cal, entry.workday);
		out->limit = calendar_limit(&e->cal, date, entry.workday);
		memcpy(out->warn, section->warn, sizeof out->warn);
		out->nwarn = section->nwarn;
	}
	plan_blocks(e, out);
}

int64_t
engine_overlap(const struct rules *rules, const struct zone *zone,
	date_t from, int days)
{
	struct calendar cal = {.rules = rules, .zone = zone};

	for (int i = 0; i < days; i++)
		if (calendar_overlaps(&cal, from + i))
			return from + i;
	return RULES_NONE;
}
