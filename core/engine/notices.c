/* SPDX-License-Identifier: MIT */
/*
 * Which notice is due, what holds it back, when it is given.  One table says
 * it for all of them, and one function judges: the settling of an instant, the
 * next deadline and the list for `vesper why` cannot disagree.
 *
 * since[kind] is the R of the contract: the first instant at which a notice
 * was due and nothing held it.  It is forgotten as soon as that ends.
 */
#include "engine/state.h"

#define SEAM 1	  /* interrupts: waits for a seam in the work */
#define TRAY 2	  /* given to the absent at once */
#define CARRIED 4 /* not before a carry ends */
#define SNOOZED 8

#define NORMAL (1u << REGIME_NORMAL)
#define OVER (1u << REGIME_OVER)
#define OFF (1u << REGIME_OFF)
#define ONCALL (1u << REGIME_ONCALL)
#define PROTECTED (1u << REGIME_PROTECTED)

#define MORNING_S (2 * 3600) /* before the day's start */
#define LEVEL_MOST 3
#define LATE_EVEN 3 /* so many are given before the distance doubles */

/* --- when each is due -------------------------------------------------- */

/* repeat * 2^n */
static int64_t
distance(const struct engine *e, int n)
{
	int64_t d = e->cal.rules->repeat;

	while (n-- > 0 && d > 0 && d < ENGINE_NEVER / 2)
		d *= 2;
	return d;
}

/* After the n-th given at `last`: 15, 30, 60 ... minutes later. */
static int64_t
insistent(const struct engine *e, int given, int64_t first, int64_t last)
{
	return given ? later(last, distance(e, given - 1)) : first;
}

static int
level(int given)
{
	return given < LEVEL_MOST ? given + 1 : LEVEL_MOST;
}

static bool
due_protect(const struct engine *e, int i, struct engine_pending *p)
{
	const struct block *b = &e->block[i];

	p->due = insistent(e, b->given, b->from, b->last);
	p->about = b->from;
	p->level = b->given ? 3 : 2;
	return true;
}

/* A warning's time passes: it is dropped when nobody could be told. */
static bool
due_protect_warn(const struct engine *e, int i, struct engine_pending *p)
{
	const struct block *b = &e->block[i];

	p->due = later(b->from, -b->lead);
	p->about = b->from;
	p->level = 1;
	return !b->warned && e->now < b->from && p->due < b->from &&
		e->now <= later(p->due, e->cal.rules->patience);
}

static bool
merge_waits(const struct day *d)
{
	return d->first != RULES_NONE && d->first < d->end.at && !d->closed &&
		!d->merge_given;
}

static bool
due_merge(const struct engine *e, int i, struct engine_pending *p)
{
	const struct day *d = &e->day;

	(void)i;
	p->due = p->about = d->end.at;
	p->level = 1;
	return d->span.working && merge_waits(d);
}

static bool
due_late(const struct engine *e, int i, struct engine_pending *p)
{
	const struct day *d = &e->day;
	int64_t last = max64(d->last_given,
		max64(d->merge_closing, d->merge_other));

	(void)i;
	p->due = p->about = d->end.at;
	if (last != RULES_NONE)
		p->due = max64(p->due,
			later(last, distance(e, d->late_given - LATE_EVEN)));
	p->level = level(d->late_given);
	return d->span.working && !merge_waits(d);
}

static bool
due_off(const struct engine *e, int i, struct engine_pending *p)
{
	const struct day *d = &e->day;

	(void)i;
	p->due = d->off_due;
	p->level = 1;
	return !d->span.working && d->off_due != RULES_NONE && !d->off_given;
}

static bool
due_stretch(const struct engine *e, int i, struct engine_pending *p)
{
	const struct stretch *s = &e->stretch;

	(void)i;
	p->due = insistent(e, s->given,
		later(s->start, e->cal.rules->stretch_limit), s->last);
	p->about = s->start;
	p->level = level(s->given);
	return s->start != RULES_NONE &&
		e->now - e->activity < e->cal.rules->brk;
}

static bool
due_morning(const struct engine *e, int i, struct engine_pending *p)
{
	(void)i;
	p->due = later(e->day.span.start, -MORNING_S);
	return e->day.span.working && e->day.morning;
}

/* Warnings stand in order, largest first, so that the next one is smaller. */
static bool
due_warn(const struct engine *e, int i, struct engine_pending *p)
{
	const struct day *d = &e->day;
	int64_t until = d->end.at;

	p->about = d->warn[i];
	if (!d->span.working || d->warned & 1u << i)
		return false;
	p->due = e->now;
	if (d->crossed & 1u << i)
		return true;
	p->due = later(d->end.at, -d->warn[i]);
	if (i + 1 < d->nwarn)
		until = min64(until, later(d->end.at, -d->warn[i + 1]));
	return p->due > d->started_over && p->due < until && e->now < until &&
		e->now <= later(p->due, e->cal.rules->patience);
}

/* --- what giving leaves behind ----------------------------------------- */

static void
gave_protect(struct engine *e, int i)
{
	e->block[i].given++;
	e->block[i].last = e->now;
}

static void
gave_protect_warn(struct engine *e, int i)
{
	e->block[i].warned = true;
}

static void
gave_merge(struct engine *e, int i)
{
	(void)i;
	e->day.merge_given = true;
	e->day.last_given = e->now;
}

static void
gave_late(struct engine *e, int i)
{
	(void)i;
	e->day.late_given++;
	e->day.last_given = e->now;
}

static void
gave_off(struct engine *e, int i)
{
	(void)i;
	e->day.off_given = true;
}

static void
gave_stretch(struct engine *e, int i)
{
	(void)i;
	e->stretch.given++;
	e->stretch.last = e->now;
}

static void
gave_morning(struct engine *e, int i)
{
	(void)i;
	e->day.morning = false;
	e->note_other = false;
}

static void
gave_warn(struct engine *e, int i)
{
	e->day.warned |= 1u << i;
}

/* --- the table --------------------------------------------------------- */

static const struct notice {
	bool (*due)(const struct engine *, int, struct engine_pending *);
	void (*gave)(struct engine *, int);
	unsigned regimes, flags;
} notices[] = {
	[NOTICE_PROTECT] = {due_protect, gave_protect, PROTECTED,
		SEAM | CARRIED},
	[NOTICE_MERGE] = {due_merge, gave_merge, OVER, SEAM | TRAY},
	[NOTICE_LATE] = {due_late, gave_late, OVER, SEAM | CARRIED},
	[NOTICE_OFF] = {due_off, gave_off, OFF, SEAM},
	[NOTICE_STRETCH] = {due_stretch, gave_stretch, NORMAL | OFF | ONCALL,
		SEAM | SNOOZED},
	[NOTICE_MORNING] = {due_morning, gave_morning,
		NORMAL | OVER | OFF | ONCALL, 0},
	[NOTICE_WARN] = {due_warn, gave_warn, NORMAL, 0},
	[NOTICE_PROTECT_WARN] = {due_protect_warn, gave_protect_warn,
		NORMAL | OVER | OFF | ONCALL, 0},
};
_Static_assert(ARRAY_SIZE(notices) == NOTICE_KINDS, "a row each");

enum engine_regime
engine_regime(const struct engine *e)
{
	if (e->nblock && e->block[0].from <= e->now && e->now < e->block[0].to)
		return REGIME_PROTECTED;
	if (e->now < e->oncall)
		return REGIME_ONCALL;
	if (!e->day.span.working)
		return REGIME_OFF;
	return e->now >= e->day.end.at ? REGIME_OVER : REGIME_NORMAL;
}

/* Whether the person is present at t, should nothing happen before. */
bool
engine_present(const struct engine *e, int64_t t)
{
	return e->activity != RULES_NONE && !e->away &&
		t - e->activity < e->cal.rules->idle;
}

int
notice_count(const struct engine *e, enum engine_notice kind)
{
	switch (kind) {
	case NOTICE_WARN:
		return e->day.nwarn;
	case NOTICE_PROTECT:
		return e->nblock > 0;
	case NOTICE_PROTECT_WARN:
		return e->nblock;
	default:
		return 1;
	}
}

/* --- judging ----------------------------------------------------------- */

/* Holds p back until `until`, which makes that its due instant. */
static void
hold(const struct engine *e, struct engine_pending *p, int64_t until,
	unsigned why)
{
	if (e->now >= until)
		return;
	p->holds |= why;
	p->due = max64(p->due, until);
}

bool
notice_judge(const struct engine *e, enum engine_notice kind, int i,
	struct engine_pending *p)
{
	const struct notice *n = &notices[kind];

	memset(p, 0, sizeof *p);
	p->notice = kind;
	p->by = ENGINE_NEVER;
	if (!n->due(e, i, p))
		return false;
	if (p->due > e->now)
		p->holds |= HOLD_NOT_DUE;
	if (n->flags & CARRIED)
		hold(e, p, e->carry, HOLD_CARRY);
	if (n->flags & SNOOZED)
		hold(e, p, e->snooze, HOLD_SNOOZE);
	if (!(n->flags & TRAY) && !engine_present(e, e->now))
		p->holds |= HOLD_ABSENT;
	if (e->busy)
		p->holds |= HOLD_BUSY;
	if (!(n->regimes & 1u << engine_regime(e)))
		p->holds |= HOLD_REGIME;
	if (p->holds || !(n->flags & SEAM))
		return true;
	p->by = e->now;
	if (e->since[kind] != RULES_NONE)
		p->by = e->since[kind];
	p->by = later(p->by, e->cal.rules->patience);
	if (engine_present(e, e->now) && e->seam != e->now &&
		e->now - e->activity < e->cal.rules->lull && e->now < p->by)
		p->holds = HOLD_SEAM;
	return true;
}

static void
give(struct engine *e, const struct engine_pending *p,
	struct engine_effects *fx)
{
	struct engine_effect *effect = effect_add(e, fx, EFFECT_NOTICE);

	effect->notice.notice = p->notice;
	effect->notice.level = p->level;
	effect->notice.regime = engine_regime(e);
	effect->notice.about = p->about;
}

static void
consider(struct engine *e, enum engine_notice kind, int i,
	struct engine_effects *fx)
{
	struct engine_pending p;
	bool pending = notice_judge(e, kind, i, &p);

	if (pending && p.holds == HOLD_SEAM) {
		if (e->since[kind] == RULES_NONE)
			e->since[kind] = e->now;
		return;
	}
	e->since[kind] = RULES_NONE;
	if (!pending || p.holds)
		return;
	give(e, &p, fx);
	notices[kind].gave(e, i);
}

void
notice_settle(struct engine *e, struct engine_effects *fx)
{
	for (int kind = 0; kind < NOTICE_KINDS; kind++)
		for (int i = 0; i < notice_count(e, (enum engine_notice)kind);
			i++)
			consider(e, (enum engine_notice)kind, i, fx);
	e->day.crossed = 0;
}

/* --- looking ahead ----------------------------------------------------- */

static int64_t
sooner(const struct engine *e, int64_t best, int64_t t)
{
	return t > e->now && t < best ? t : best;
}

/* While one is deliverable, its seam may come or the person go; one that is
 * not due matters only if somebody is there then: else an event comes first.
 * One that was given and is due again at once (repeat = 0) has to wait for the
 * next second: one of a kind is all that an instant gives. */
static int64_t
next_of(const struct engine *e, const struct engine_pending *p)
{
	const struct rules *r = e->cal.rules;
	int64_t next = ENGINE_NEVER;

	if (!(p->holds & ~HOLD_SEAM) && e->since[p->notice] == RULES_NONE)
		return e->now + 1;
	if (p->holds == HOLD_SEAM) {
		next = sooner(e, next, p->by);
		next = sooner(e, next, later(e->activity, r->lull));
		return sooner(e, next, later(e->activity, r->idle));
	}
	if (e->busy || p->due <= e->now)
		return next;
	if (notices[p->notice].flags & TRAY || engine_present(e, p->due))
		next = sooner(e, next, p->due);
	return next;
}

int64_t
notice_next(const struct engine *e)
{
	struct engine_pending p;
	int64_t next = ENGINE_NEVER;

	for (int k = 0; k < NOTICE_KINDS; k++) {
		enum engine_notice kind = (enum engine_notice)k;

		for (int i = 0; i < notice_count(e, kind); i++)
			if (notice_judge(e, kind, i, &p))
				next = min64(next, next_of(e, &p));
	}
	return next;
}
