/* SPDX-License-Identifier: MIT */
/*
 * Random people with random rules, out of any stream of numbers: a generator
 * with a fixed seed (test-property.c) or a fuzzer's bytes (fuzz-engine.c).
 * And what must hold of the engine whatever happens to it.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>

#include "engine/engine.h"

#define HOUR 3600
#define EPOCH INT64_C(1790000000) /* 2026-09-21, a Monday */

/* --- dice -------------------------------------------------------------- */

struct dice {
	uint64_t seed;
	const uint8_t *bytes; /* NULL: a generator */
	size_t n;
};

/* A number in [0, sides); 0 when the bytes are used up. */
static int
roll(struct dice *d, int sides)
{
	unsigned x = 0;

	if (d->bytes) {
		for (int i = 0; i < 2 && d->n; i++, d->n--)
			x = x << 8 | *d->bytes++;
		return (int)(x % (unsigned)sides);
	}
	d->seed = d->seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (int)((d->seed >> 33) % (uint64_t)sides);
}

static int
pick(struct dice *d, const int *from, int n)
{
	return from[roll(d, n)];
}

#define PICK(d, ...)                                                           \
	pick((d), (const int[]){__VA_ARGS__},                                  \
		(int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)))

/* --- a zone with one summer -------------------------------------------- */

static int64_t zone_base; /* seconds */
static int64_t zone_summer, zone_winter; /* from, to */

static int64_t
toy_local(int64_t t)
{
	return t + zone_base + (zone_summer <= t && t < zone_winter ? HOUR : 0);
}

static int64_t
toy_instant(date_t date, int minute)
{
	int64_t local = (int64_t)date * DAY_S + minute * 60;
	int64_t t = local - zone_base;

	if (t < zone_summer)
		return t;
	if (t - HOUR < zone_summer)
		return zone_summer;
	if (t - HOUR < zone_winter)
		return t - HOUR;
	return t < zone_winter ? zone_winter : t;
}

static date_t
toy_date(int64_t t)
{
	int64_t local = toy_local(t);

	return (date_t)(local / DAY_S - (local % DAY_S < 0));
}

static const struct zone toy_zone = {toy_instant, toy_date};

static void
random_zone(struct dice *d)
{
	zone_base = (roll(d, 105) - 48) * 900;
	zone_summer = EPOCH + roll(d, 15 * 24) * HOUR;
	zone_winter = zone_summer + roll(d, 10 * 24) * HOUR;
}

/* --- rules ------------------------------------------------------------- */

static void
random_workday(struct dice *d, struct rules_workday *w)
{
	memset(w, 0, sizeof *w);
	w->days = (unsigned)PICK(d, 0x7f, 0x1f, 0x60, 0, 0x2a);
	w->start = roll(d, 1440);
	w->merge = (w->start + 60 * PICK(d, 1, 4, 8, 8, 12, 23, 24)) % 1440;
	w->nwarn = roll(d, 4);
	for (int i = 0; i < w->nwarn; i++)
		w->warn[i] = (4 - i) * 600;
	w->limit = PICK(d, -1, -1, HOUR, 3 * HOUR, 8 * HOUR, 600);
	if (w->limit < 0)
		w->limit = RULES_NONE;
	w->extensions = roll(d, 4);
	w->extension_max = PICK(d, HOUR, 600, 6 * HOUR);
}

static void
random_rota(struct dice *d, struct rules *r)
{
	r->rota_start = r->return_start = RULES_NONE;
	if (roll(d, 4) == 0) {
		r->rota_start = EPOCH / DAY_S - roll(d, 10);
		r->ncycle = 1 + roll(d, 6);
		for (int i = 0; i < r->ncycle; i++)
			r->cycle[i] = (int8_t)(roll(d, r->nworkday + 1) - 1);
	}
	if (roll(d, 4) == 0) {
		r->return_start = EPOCH / DAY_S - roll(d, 20);
		r->return_weeks = roll(d, 5);
		r->return_from = HOUR;
		r->return_to = roll(d, 9) * HOUR;
	}
}

static void
random_rules(struct dice *d, struct rules *r)
{
	memset(r, 0, sizeof *r);
	r->turn = PICK(d, 0, 150, 240, 240, 360, 1439);
	r->idle = PICK(d, 60, 120, 300, 600, 1, 0);
	r->brk = r->idle + PICK(d, 0, 0, 300, 600);
	r->lull = PICK(d, 0, 30, 60, 90);
	r->patience = PICK(d, 0, 120, 300, 900, 3600);
	r->repeat = PICK(d, 0, 1, 300, 900, 900);
	r->stretch_limit = PICK(d, 0, 900, 2700, 5400);
	r->nworkday = 1 + roll(d, 3);
	for (int i = 0; i < r->nworkday; i++)
		random_workday(d, &r->workday[i]);
	random_rota(d, r);
	r->nblock = roll(d, 4);
	for (int i = 0; i < r->nblock; i++) {
		r->block[i].days = (unsigned)PICK(d, 0x7f, 0x05, 0x60);
		r->block[i].from = roll(d, 1440);
		r->block[i].to = roll(d, 1440);
		r->block[i].lead = PICK(d, 1800, 0, 600, 7200, 100000);
	}
}

/* --- events ------------------------------------------------------------ */

/* Mostly work in short steps; the rest of it, now and then. */
static void
random_event(struct dice *d, int64_t now, struct engine_event *ev)
{
	date_t date = toy_date(now);

	memset(ev, 0, sizeof *ev);
	ev->at = now;
	ev->human = roll(d, 12) != 0;
	ev->until = ev->length = RULES_NONE;
	ev->kind = EVENT_ACTIVITY;
	if (roll(d, 8) == 0)
		ev->kind = (enum engine_event_kind)roll(d, EVENT_KINDS);
	if (ev->kind == EVENT_BUSY && roll(d, 2))
		ev->kind = EVENT_FREE;
	if (roll(d, 3) == 0)
		ev->until = now + roll(d, 5 * HOUR) - 600;
	if (ev->kind == EVENT_SNOOZE || roll(d, 2))
		ev->length = PICK(d, 0, 600, 900, HOUR, 7 * HOUR);
	ev->from = date + roll(d, 4) - 1;
	ev->to = ev->from + roll(d, 3);
	ev->undo = roll(d, 2);
	ev->start = roll(d, 1440);
	ev->merge = roll(d, 1440);
}

static int64_t
random_gap(struct dice *d)
{
	return PICK(d, 0, 1, 5, 10, 20, 20, 20, 50, 50, 120, 120, 299, 300, 301,
		600, 1000, 4000, 20000);
}

/* --- what must hold ---------------------------------------------------- */

#define BIT(regime) (1u << REGIME_##regime)

static unsigned
regimes_of(enum engine_notice notice)
{
	static const unsigned allowed[NOTICE_KINDS] = {
		[NOTICE_PROTECT] = BIT(PROTECTED),
		[NOTICE_MERGE] = BIT(OVER),
		[NOTICE_LATE] = BIT(OVER),
		[NOTICE_OFF] = BIT(OFF),
		[NOTICE_STRETCH] = BIT(NORMAL) | BIT(OFF) | BIT(ONCALL),
		[NOTICE_MORNING] = BIT(NORMAL) | BIT(OVER) | BIT(ONCALL),
		[NOTICE_WARN] = BIT(NORMAL),
		[NOTICE_PROTECT_WARN] =
			BIT(NORMAL) | BIT(OVER) | BIT(OFF) | BIT(ONCALL),
	};

	return allowed[notice];
}

static enum engine_regime
regime_of(const struct engine_view *v)
{
	if (v->block_from != RULES_NONE)
		return REGIME_PROTECTED;
	if (v->oncall_until != RULES_NONE)
		return REGIME_ONCALL;
	if (!v->working_day)
		return REGIME_OFF;
	return v->now >= v->effective_end ? REGIME_OVER : REGIME_NORMAL;
}

/* NULL, or which sentence of the contract the state breaks. */
static const char *
state_breaks(const struct engine *e)
{
	struct engine_view v;

	engine_view(e, &v);
	if (engine_deadline(e) < v.now)
		return "a deadline is not in the past";
	if (engine_settled(e) == v.now && engine_deadline(e) == v.now)
		return "a settled instant has nothing more to do";
	if (v.regime != regime_of(&v))
		return "the first regime that fits holds";
	if (v.open >= v.close)
		return "a day has a length";
	if (v.working_day && (v.start > v.end || v.end > v.close))
		return "the window lies before the closing cut";
	if (v.worked < 0 || (v.first != RULES_NONE &&
				    v.worked > v.last - v.first))
		return "worked is at most what elapsed";
	if (v.longest < 0 || (v.first != RULES_NONE &&
				     v.longest > v.last - v.first))
		return "no stretch is longer than its day";
	if (v.extensions_left < 0)
		return "extensions left";
	return NULL;
}

/* The same of what came out at the instant that holds now. */
static const char *
effects_break(const struct engine *e, const struct engine_effects *fx)
{
	unsigned given = 0;
	struct engine_view v;

	engine_view(e, &v);
	for (int i = 0; i < fx->n; i++) {
		const struct engine_effect *f = &fx->list[i];
		enum engine_notice n = f->notice.notice;

		if (f->at != v.now)
			return "an effect has the instant that holds";
		if (f->kind != EFFECT_NOTICE)
			continue;
		if (v.busy)
			return "no notice while busy";
		if (!v.present && n != NOTICE_MERGE)
			return "the absent get nothing but merge";
		if (f->notice.regime != v.regime ||
			!(regimes_of(n) & 1u << v.regime))
			return "a notice in its regimes only";
		if (f->notice.level < 0 || f->notice.level > 3)
			return "levels are 0 to 3";
		if (given & 1u << n && n != NOTICE_WARN &&
			n != NOTICE_PROTECT_WARN)
			return "one of a kind an instant";
		if (given >> n >> 1)
			return "notices in their order";
		given |= 1u << n;
	}
	return state_breaks(e);
}
