/* SPDX-License-Identifier: MIT */
/*
 * Protected blocks as instants.  Blocks that overlap or touch are one, and
 * such a chain may be longer than what is looked at in one go (daily from
 * 18:00 to 18:00 never ends); so the block that holds keeps its beginning in
 * the state and only has its end moved on.
 */
#include "engine/state.h"

#define BEHIND 3 /* dates looked at before and after */
#define AHEAD 8
#define PIECES ((BEHIND + AHEAD + 1) * RULES_BLOCKS)

struct piece {
	int64_t from, to;
	date_t date;
	int index;
};

struct pieces {
	struct piece list[PIECES];
	int n;
};

/* In order of `from`, and of the rules where that is equal. */
static void
pieces_add(struct pieces *all, const struct piece *p)
{
	int i = all->n++;

	for (; i > 0 && all->list[i - 1].from > p->from; i--)
		all->list[i] = all->list[i - 1];
	all->list[i] = *p;
}

static void
pieces_of(const struct calendar *cal, date_t date, struct pieces *all)
{
	const struct rules *r = cal->rules;

	for (int i = 0; i < r->nblock; i++) {
		const struct rules_block *b = &r->block[i];
		int to = b->to <= b->from ? b->to + 1440 : b->to;
		struct piece p = {.date = date, .index = i};

		if (!(b->days & 1u << calendar_weekday(date)))
			continue;
		p.from = cal->zone->instant(date, b->from);
		p.to = cal->zone->instant(date, to);
		if (p.from < p.to)
			pieces_add(all, &p);
	}
}

static void
pieces_around(const struct calendar *cal, date_t date, struct pieces *all)
{
	all->n = 0;
	for (date_t d = date - BEHIND; d <= date + AHEAD; d++)
		pieces_of(cal, d, all);
}

/* Joins the pieces from *i on that are one block; false when none is left. */
static bool
pieces_join(const struct calendar *cal, const struct pieces *all, int *i,
	struct block *out)
{
	const struct piece *p = &all->list[*i];

	if (*i >= all->n)
		return false;
	memset(out, 0, sizeof *out);
	out->from = p->from;
	out->to = p->to;
	out->date = p->date;
	out->index = p->index;
	out->lead = cal->rules->block[p->index].lead;
	out->last = RULES_NONE;
	for (++*i; *i < all->n && all->list[*i].from <= out->to; ++*i)
		out->to = max64(out->to, all->list[*i].to);
	return true;
}

bool
block_after(const struct calendar *cal, int64_t t, struct block *out)
{
	struct pieces all;
	int i = 0;

	if (!cal->rules->nblock)
		return false;
	pieces_around(cal, cal->zone->date(t), &all);
	while (pieces_join(cal, &all, &i, out))
		if (out->to > t)
			return true;
	return false;
}

int
block_on(const struct calendar *cal, date_t date, struct block *out, int max)
{
	struct pieces all;
	int i = 0, n = 0;

	pieces_around(cal, date, &all);
	while (n < max && pieces_join(cal, &all, &i, &out[n]))
		n += out[n].date == date;
	return n;
}

static void
look_ahead(struct engine *e)
{
	struct block next;
	int64_t t;

	while (e->nblock < BLOCKS_AHEAD) {
		t = e->nblock ? e->block[e->nblock - 1].to : e->now;
		if (!block_after(&e->cal, t, &next))
			return;
		if (e->nblock && next.from <= t)
			return; /* the same goes on: when it is time */
		e->block[e->nblock++] = next;
	}
}

void
block_advance(struct engine *e)
{
	struct block *b = &e->block[0], next;

	while (e->nblock && b->to <= e->now) {
		if (block_after(&e->cal, b->to, &next) && next.from <= b->to) {
			b->to = next.to;
			continue;
		}
		memmove(b, b + 1, (size_t)--e->nblock * sizeof *b);
		e->since[NOTICE_PROTECT] = RULES_NONE;
		look_ahead(e);
	}
}

void
block_replan(struct engine *e)
{
	struct block old[BLOCKS_AHEAD];
	int nold = e->nblock;

	memcpy(old, e->block, sizeof old);
	e->nblock = 0;
	look_ahead(e);
	for (int i = 0; i < e->nblock; i++) {
		struct block *b = &e->block[i];

		for (int j = 0; j < nold; j++) {
			if (old[j].from >= b->to || b->from >= old[j].to)
				continue;
			b->given = old[j].given;
			b->last = old[j].last;
			b->warned = old[j].warned;
		}
	}
}
