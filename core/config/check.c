/* SPDX-License-Identifier: MIT */
/*
 * What no key can know alone.  Keys that do not fit together go back to their
 * defaults together, since nobody can tell which of them was meant; whether
 * windows overlap is asked of the engine, which alone knows how dates get
 * their windows.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "config/draft.h"
#include "words/words.h"

#define WEEKDAYS 0x1fu /* Mon-Fri */

/* Refuses two keys that contradict each other, with one problem: at the one
 * given last in the file. */
static void
refuse_pair(struct draft *d, const struct option *a, const struct option *b,
	const char *reason)
{
	const struct given *ga = draft_given(d, a->section, 0, a->key);
	const struct given *gb = draft_given(d, b->section, 0, b->key);
	const struct option *other = b;

	if (!ga || (gb && gb->line > ga->line)) {
		other = a;
		a = b;
	}
	draft_refuse(d, a, 0, reason);
	option_reset(other, option_base(d->config, other->section, 0));
}

static void
check_lull(struct draft *d)
{
	const struct rules *r = &d->config->rules;

	if (r->lull >= r->idle)
		refuse_pair(d, option_find(SECTION_VESPER, "lull"),
			option_find(SECTION_VESPER, "idle"), W_CONFIG_LULL);
}

static void
check_idle(struct draft *d)
{
	const struct rules *r = &d->config->rules;

	if (r->idle > r->brk)
		refuse_pair(d, option_find(SECTION_VESPER, "idle"),
			option_find(SECTION_STRETCH, "break"), W_CONFIG_IDLE);
}

/* --- rota ----------------------------------------------------------------- */

/* The workday of that name, or -1. */
static int
find_workday(const struct rules *r, const char *name, size_t len)
{
	for (int i = 0; i < r->nworkday; i++)
		if (strlen(r->workday[i].name) == len && len &&
			memcmp(r->workday[i].name, name, len) == 0)
			return i;
	return -1;
}

static void
unknown_workday(const struct draft *d, const char *name, char *out, size_t size)
{
	const struct rules *r = &d->config->rules;
	const char *names[RULES_WORKDAYS + 1];
	const char *near;
	size_t n = 0;

	names[n++] = "off";
	for (int i = 0; i < r->nworkday; i++)
		if (*r->workday[i].name)
			names[n++] = r->workday[i].name;
	near = text_nearest(name, names, n);
	if (near)
		snprintf(out, size, W_CONFIG_WORKDAY_NEAR, name, near);
	else
		snprintf(out, size, W_CONFIG_WORKDAY, name);
}

/* Turns names into the rules' cycle; false with the reason. */
static bool
resolve_cycle(struct draft *d, char *reason, size_t size)
{
	struct rules *r = &d->config->rules;
	const char *s = d->config->cycle, *item;
	size_t len;
	int i;

	while ((item = option_item(&s, &len))) {
		if (r->ncycle == RULES_CYCLE) {
			snprintf(reason, size, W_CONFIG_CYCLE_LONG,
				RULES_CYCLE);
			return false;
		}
		i = find_workday(r, item, len);
		if (i < 0 && !(len == 3 && memcmp(item, "off", 3) == 0)) {
			AUTO_FREE char *name = xstrndup(item, len);

			unknown_workday(d, name, reason, size);
			return false;
		}
		r->cycle[r->ncycle++] = (int8_t)(i < 0 ? RULES_OFF : i);
	}
	snprintf(reason, size, "%s", W_CONFIG_CYCLE_EMPTY);
	return r->ncycle > 0;
}

static void
check_rota(struct draft *d)
{
	const struct option *start = option_find(SECTION_ROTA, "start");
	const struct option *cycle = option_find(SECTION_ROTA, "cycle");
	struct config *c = d->config;
	char reason[300];

	if (c->cycle && c->rules.rota_start != RULES_NONE) {
		if (resolve_cycle(d, reason, sizeof reason))
			return;
		draft_refuse(d, cycle, 0, reason);
	} else if (c->cycle) {
		draft_refuse(d, start, 0, W_CONFIG_ROTA_START);
	} else if (c->rules.rota_start != RULES_NONE) {
		draft_refuse(d, cycle, 0, W_CONFIG_CYCLE_EMPTY);
	}
	c->rules.ncycle = 0;
	option_reset(start, c);
	option_reset(cycle, c);
}

/* --- workdays ------------------------------------------------------------- */

static bool
in_cycle(const struct rules *r, int workday)
{
	for (int i = 0; i < r->ncycle; i++)
		if (r->cycle[i] == workday)
			return true;
	return false;
}

/* Nothing was said about its days, or nothing that could be read: a slip of
 * the pen must not make every day a day off. */
static bool
days_unsaid(const struct draft *d, int workday)
{
	const struct given *g =
		draft_given(d, SECTION_WORKDAY, workday, "days");

	return !g || (*g->value && !d->config->rules.workday[workday].days);
}

/* A file that names no days means Monday to Friday, as long as that can only
 * mean one thing. */
static void
check_days(struct draft *d)
{
	struct rules *r = &d->config->rules;
	/* of a rota that was refused enough has been said */
	bool rota = draft_given(d, SECTION_ROTA, 0, "cycle") != NULL;

	if (r->nworkday == 0) {
		r->nworkday = 1;
		for (size_t i = 0; i < noptions; i++)
			if (options[i].section == SECTION_WORKDAY)
				option_reset(&options[i], &r->workday[0]);
	}
	if (r->nworkday == 1 && r->ncycle == 0 && days_unsaid(d, 0))
		r->workday[0].days = WEEKDAYS;
	for (int i = 0; i < r->nworkday && (r->ncycle || !rota); i++) {
		char heading[64];
		struct place at = {.line = d->workday_line[i]};

		if (r->workday[i].days || in_cycle(r, i) ||
			draft_given(d, SECTION_WORKDAY, i, "days"))
			continue;
		at.section = draft_heading(d, SECTION_WORKDAY, i, heading);
		problem_warn(d->problems, &at, W_CONFIG_NO_DAYS);
	}
}

/* Civil time without a zone: what overlaps here overlaps anywhere. */
static int64_t
flat_instant(date_t date, int minute)
{
	return (int64_t)date * DAY_S + (int64_t)minute * 60;
}

static date_t
flat_date(int64_t t)
{
	return (date_t)(t / DAY_S);
}

static const struct zone flat = {flat_instant, flat_date};

/* The first date whose window overlaps the next one's, or RULES_NONE: a week
 * of the weekly shape, the seam to the rota, and the cycle once round. */
static int64_t
find_overlap(const struct rules *r)
{
	date_t from = civil_date(2024, 1, 1);
	int days = 8;

	if (r->ncycle) {
		from = (date_t)r->rota_start - 8;
		days = 8 + r->ncycle + 8;
	}
	return engine_overlap(r, &flat, from, days);
}

/* The workday that serves a date, or -1. */
static int
serves(const struct rules *r, date_t date)
{
	AUTO_FREE struct engine *e = xcalloc(1, engine_size());
	struct engine_plan plan;

	engine_init(e, r, &flat, flat_instant(date, 0));
	engine_plan(e, date, &plan);
	return plan.workday;
}

static void
reset_window(struct draft *d, int workday)
{
	struct rules_workday *w = &d->config->rules.workday[workday];

	option_reset(option_find(SECTION_WORKDAY, "start"), w);
	option_reset(option_find(SECTION_WORKDAY, "merge"), w);
}

/* Windows that overlap go back to the default's; each round resets at least
 * one workday that was not, so that this ends. */
static void
check_overlap(struct draft *d)
{
	struct rules *r = &d->config->rules;
	const struct option *merge = option_find(SECTION_WORKDAY, "merge");
	int rounds = r->nworkday + 1;
	char reason[300], other[64];
	int64_t date;

	while (rounds-- && (date = find_overlap(r)) != RULES_NONE) {
		int first = serves(r, (date_t)date);
		int next = serves(r, (date_t)date + 1);

		if (first < 0 || next < 0)
			return;
		draft_heading(d, SECTION_WORKDAY, next, other);
		snprintf(reason, sizeof reason, W_CONFIG_OVERLAP, other);
		draft_refuse(d, merge, first, reason);
		reset_window(d, first);
		reset_window(d, next);
	}
}

/* --- protect, return ------------------------------------------------------ */

/* Whether a block can be used; refuses it otherwise. One that ends before it
 * begins ends on the next date. */
static bool
block_fits(struct draft *d, int i)
{
	struct rules_block *b = &d->config->rules.block[i];
	char heading[64];
	struct place at = {.line = d->block_line[i]};

	at.section = draft_heading(d, SECTION_PROTECT, i, heading);
	if (b->from < 0 || b->to < 0) {
		problem_refuse(d->problems, &at, W_CONFIG_BLOCK_OPEN);
		return false;
	}
	if (b->from == b->to) {
		draft_refuse(d, option_find(SECTION_PROTECT, "to"), i,
			W_CONFIG_BLOCK_EMPTY);
		return false;
	}
	if (b->to < b->from)
		b->to += 24 * 60;
	return true;
}

static void
check_blocks(struct draft *d)
{
	struct rules *r = &d->config->rules;
	int kept = 0;

	/* all are judged before any moves: problems name them by place */
	bool fits[RULES_BLOCKS];

	for (int i = 0; i < r->nblock; i++)
		fits[i] = block_fits(d, i);
	for (int i = 0; i < r->nblock; i++)
		if (fits[i])
			r->block[kept++] = r->block[i];
	r->nblock = kept;
}

static void
check_return(struct draft *d)
{
	static const char *const keys[] = {"start", "weeks", "from", "to"};
	const struct rules *r = &d->config->rules;
	const char *reason = NULL;
	bool any = false, good = true;
	size_t culprit = 0;

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		any |= draft_given(d, SECTION_RETURN, 0, keys[i]) != NULL;
	good = r->return_start != RULES_NONE && r->return_weeks > 0 &&
		r->return_from != RULES_NONE && r->return_to != RULES_NONE;
	if (!any)
		return;
	if (!good)
		reason = W_CONFIG_RETURN;
	else if (r->return_to < r->return_from)
		reason = W_CONFIG_RETURN_ORDER;
	else
		return;
	/* the first that is missing, or `to` */
	for (culprit = 0; culprit < 3; culprit++)
		if (!draft_given(d, SECTION_RETURN, 0, keys[culprit]))
			break;
	draft_refuse(d, option_find(SECTION_RETURN, keys[culprit]), 0, reason);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		option_reset(option_find(SECTION_RETURN, keys[i]), d->config);
}

void
draft_check(struct draft *d)
{
	check_lull(d);
	check_idle(d);
	check_lull(d); /* again: check_idle() may have lowered `idle` */
	check_rota(d);
	check_days(d);
	check_overlap(d);
	check_blocks(d);
	check_return(d);
}
