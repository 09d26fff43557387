/* SPDX-License-Identifier: MIT */
/*
 * Dates that are not as the rules say: `off` and `today`.  Ranges that never
 * overlap one another: what is said later of a date replaces what was said
 * before, so that undoing it needs no history.
 */
#include "engine/state.h"

#define FORGET_DAYS 14

/* One range more than fits, so that a split can be seen to be too many. */
struct draft {
	struct exception list[ENGINE_EXCEPTIONS + 2];
	int n;
};

static void
draft_add(struct draft *d, struct exception x, date_t from, date_t to)
{
	x.from = from;
	x.to = to;
	if (from <= to && d->n < (int)ARRAY_SIZE(d->list))
		d->list[d->n++] = x;
}

/* What stays of the exceptions outside [from, to]. */
static void
draft_without(struct draft *d, const struct calendar *cal, date_t from,
	date_t to, date_t today)
{
	for (int i = 0; i < cal->nexception; i++) {
		const struct exception *x = &cal->exception[i];

		if (x->to < today - FORGET_DAYS)
			continue;
		if (x->to < from || x->from > to) {
			draft_add(d, *x, x->from, x->to);
			continue;
		}
		if (x->from < from)
			draft_add(d, *x, x->from, from - 1);
		if (x->to > to)
			draft_add(d, *x, to + 1, x->to);
	}
}

/* Only the edges of the range can overlap: within it all is one thing, or
 * as the rules say, and the rules are checked as a whole. */
static bool
edges_overlap(const struct calendar *cal, date_t from, date_t to)
{
	for (date_t d = from - 2; d <= from + 1; d++)
		if (calendar_overlaps(cal, d))
			return true;
	for (date_t d = to - 1; d <= to + 1; d++)
		if (calendar_overlaps(cal, d))
			return true;
	return false;
}

int
exception_set(struct calendar *cal, const struct exception *x, bool undo,
	date_t today)
{
	struct calendar next = *cal;
	struct draft draft = {.n = 0};

	draft_without(&draft, cal, x->from, x->to, today);
	if (!undo)
		draft_add(&draft, *x, x->from, x->to);
	if (draft.n > ENGINE_EXCEPTIONS)
		return REFUSED_TOO_MANY;
	memcpy(next.exception, draft.list, sizeof next.exception);
	next.nexception = draft.n;
	if ((undo || x->start >= 0) && edges_overlap(&next, x->from, x->to))
		return REFUSED_OVERLAP;
	*cal = next;
	return 0;
}
