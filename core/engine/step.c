/* SPDX-License-Identifier: MIT */
/*
 * Time.  The engine jumps from one instant that matters to the next; between
 * two of them nothing may change, or the result would depend on how often it
 * is asked.  At an instant the day turns first, then events apply, then, when
 * no more can come, notices are given.
 */
#include "engine/state.h"

size_t
engine_size(void)
{
	return sizeof(struct engine);
}

void
engine_init(struct engine *e, const struct rules *rules,
	const struct zone *zone, int64_t at)
{
	memset(e, 0, sizeof *e);
	e->cal.rules = rules;
	e->cal.zone = zone;
	e->now = at;
	e->activity = e->seam = RULES_NONE;
	e->oncall = e->snooze = e->carry = RULES_NONE;
	e->stretch.start = e->stretch.last = RULES_NONE;
	for (int i = 0; i < NOTICE_KINDS; i++)
		e->since[i] = RULES_NONE;
	day_begin(e);
	block_replan(e);
}

void
engine_replan(struct engine *e, const struct rules *rules,
	const struct zone *zone)
{
	e->cal.rules = rules;
	e->cal.zone = zone;
	day_replan(e);
	block_replan(e);
	e->open = true;
}

void
engine_move_rules(struct engine *e, const struct rules *rules)
{
	e->cal.rules = rules;
}

/* Instants at which the regime or the day changes by itself. */
static int64_t
next_edge(const struct engine *e)
{
	int64_t edges[] = {day_turning(e), e->oncall,
		e->day.span.working ? e->day.end.at : RULES_NONE,
		e->nblock ? e->block[0].from : RULES_NONE,
		e->nblock ? e->block[0].to : RULES_NONE};
	int64_t next = ENGINE_NEVER;

	for (size_t i = 0; i < ARRAY_SIZE(edges); i++)
		if (edges[i] > e->now)
			next = min64(next, edges[i]);
	return next;
}

int64_t
engine_deadline(const struct engine *e)
{
	if (e->open)
		return e->now;
	return min64(next_edge(e), notice_next(e));
}

int64_t
engine_settled(const struct engine *e)
{
	return e->open ? e->now - 1 : e->now;
}

/* Comes to instant t, which nothing that matters lies before. */
static void
arrive(struct engine *e, int64_t t, struct engine_effects *fx)
{
	e->now = max64(e->now, t);
	block_advance(e);
	day_turn(e, fx);
}

bool
engine_step(struct engine *e, int64_t limit, struct engine_effects *fx)
{
	int64_t next = engine_deadline(e);

	fx->n = 0;
	if (next > limit || next == ENGINE_NEVER) {
		e->now = max64(e->now, limit);
		return false;
	}
	arrive(e, next, fx);
	notice_settle(e, fx);
	e->open = false;
	return true;
}

void
engine_event(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	fx->n = 0;
	arrive(e, ev->at, fx);
	event_apply(e, ev, fx);
	e->open = true;
}
