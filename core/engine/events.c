/* SPDX-License-Identifier: MIT */
/*
 * What each event does to the state.  Events give nothing but verdicts and
 * refusals: notices wait until the instant is over, because they see the
 * state after all of its events.
 */
#include "engine/state.h"

/* Dates an exception may name; beyond, arithmetic on dates would overflow. */
#define DATE_LEAST (-700000)
#define DATE_MOST 3000000
#define MINUTE_MOST 1439

struct engine_effect *
effect_add(const struct engine *e, struct engine_effects *fx,
	enum engine_effect_kind kind)
{
	struct engine_effect *effect;

	if (fx->n == ENGINE_EFFECTS)
		fx->n--;
	effect = &fx->list[fx->n++];
	memset(effect, 0, sizeof *effect);
	effect->kind = kind;
	effect->at = e->now;
	effect->day = e->day.span.name;
	return effect;
}

static void
refuse(const struct engine *e, const struct engine_event *ev,
	enum engine_refusal why, struct engine_effects *fx)
{
	struct engine_effect *effect = effect_add(e, fx, EFFECT_REFUSED);

	effect->refused.event = ev->kind;
	effect->refused.why = why;
}

/* --- work -------------------------------------------------------------- */

static void
on_activity(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	(void)fx;
	if (ev->human)
		day_activity(e);
}

/* The verdict comes before the activity that the commit is: a commit that
 * uses up the day's limit was made within it. */
static void
on_commit(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	static const enum engine_verdict verdicts[] = {
		[REGIME_NORMAL] = VERDICT_OK,
		[REGIME_OVER] = VERDICT_LATE,
		[REGIME_OFF] = VERDICT_OFF,
		[REGIME_ONCALL] = VERDICT_OK,
		[REGIME_PROTECTED] = VERDICT_PROTECTED,
	};
	struct engine_effect *effect;

	if (!ev->human)
		return;
	effect = effect_add(e, fx, EFFECT_VERDICT);
	effect->verdict.verdict = verdicts[engine_regime(e)];
	effect->verdict.event = ev->kind;
	if (effect->verdict.verdict == VERDICT_LATE)
		effect->verdict.past = e->now - e->day.end.at;
	day_activity(e);
	e->seam = e->now;
}

static void
on_away(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	(void)ev, (void)fx;
	e->away = true;
}

/* Somebody unlocked the screen; that somebody works, only activity says. */
static void
on_back(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	(void)e, (void)ev, (void)fx;
}

static void
on_busy(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	(void)fx;
	e->busy = ev->kind == EVENT_BUSY;
}

/* --- the day's end ----------------------------------------------------- */

static void
reopen_day(struct day *d)
{
	d->closed = false;
	d->merge_closing = RULES_NONE;
}

/* 0 when the end may move to target, else an enum engine_refusal + 1. */
static int
extend_refusal(const struct engine *e, int64_t target)
{
	const struct day *d = &e->day;
	const struct rules_workday *section;
	int64_t base = max64(e->now, d->end.at);

	if (!d->span.working)
		return REFUSED_DAY_OFF + 1;
	section = calendar_section(&e->cal, d->span.workday);
	if (d->granted >= section->extensions)
		return REFUSED_NONE_LEFT + 1;
	if (target <= base)
		return REFUSED_PAST + 1;
	if (target > later(base, section->extension_max))
		return REFUSED_TOO_LONG + 1;
	if (target >= d->span.close)
		return REFUSED_NEXT_DAY + 1;
	return 0;
}

static int64_t
extend_target(const struct engine *e, const struct engine_event *ev)
{
	if (ev->until != RULES_NONE)
		return ev->until;
	if (ev->length == RULES_NONE)
		return e->now;
	return later(max64(e->now, e->day.end.at), ev->length);
}

static void
on_extend(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	struct day *d = &e->day;
	int64_t target = extend_target(e, ev);
	int refusal = extend_refusal(e, target);

	if (refusal) {
		refuse(e, ev, (enum engine_refusal)(refusal - 1), fx);
		return;
	}
	d->granted++;
	d->end = (struct end){.at = target, .moved = true};
	if (d->limit != RULES_NONE && d->worked >= d->limit)
		d->lifted = true;
	d->merge_other = max64(d->merge_other, d->merge_closing);
	reopen_day(d);
	day_start_over(d, e->now);
	effect_add(e, fx, EFFECT_GRANTED)->granted.end = target;
}

static void
on_merge(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	struct day *d = &e->day;

	(void)ev, (void)fx;
	e->note = true;
	if (d->closed) {
		d->merge_other = e->now;
		return;
	}
	d->closed = true;
	d->merge_closing = e->now;
	d->before = d->end;
	if (e->now < d->end.at)
		d->end = (struct end){.at = e->now, .moved = true};
}

static void
on_reopen(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	struct day *d = &e->day;

	(void)ev, (void)fx;
	if (!d->closed)
		return;
	d->end = d->before;
	reopen_day(d);
	day_start_over(d, e->now);
}

/* --- holding back ------------------------------------------------------ */

static void
on_snooze(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	(void)fx;
	e->snooze = RULES_NONE;
	if (ev->length != RULES_NONE)
		e->snooze = later(e->now, ev->length);
}

static void
on_oncall(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	(void)fx;
	e->oncall = ev->until;
}

static void
on_carry(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	(void)fx;
	e->carry = ev->until != RULES_NONE ? ev->until : ENGINE_NEVER;
}

static void
on_handed(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	(void)ev, (void)fx;
	e->note_other = false;
	e->day.morning = false;
}

/* --- exceptions -------------------------------------------------------- */

static int
clamp(int64_t n, int least, int most)
{
	return (int)min64(max64(n, least), most);
}

/* True when the calendar has taken it, and the day that holds now is planned
 * anew with it. */
static bool
except(struct engine *e, const struct engine_event *ev,
	const struct exception *x, struct engine_effects *fx)
{
	date_t today = e->cal.zone->date(e->now);
	bool undo = ev->kind == EVENT_OFF && ev->undo;
	int refusal = exception_set(&e->cal, x, undo, today);

	if (refusal)
		refuse(e, ev, (enum engine_refusal)refusal, fx);
	else
		day_replan(e);
	return !refusal;
}

static void
on_off(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	struct exception x = {.start = -1};

	x.from = clamp(ev->from, DATE_LEAST, DATE_MOST);
	x.to = clamp(ev->to, DATE_LEAST, DATE_MOST);
	if (x.from <= x.to)
		except(e, ev, &x, fx);
}

static void
on_today(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	struct day *d = &e->day;
	struct exception x = {
		.from = d->span.date,
		.to = d->span.date,
		.start = clamp(ev->start, 0, MINUTE_MOST),
		.merge = clamp(ev->merge, 0, MINUTE_MOST),
	};

	if (!except(e, ev, &x, fx))
		return;
	d->end = (struct end){.at = d->span.end};
	d->merge_other = max64(d->merge_other, d->merge_closing);
	reopen_day(d);
	day_start_over(d, e->now);
}

void
event_apply(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx)
{
	static void (*const handlers[])(struct engine *,
		const struct engine_event *, struct engine_effects *) = {
		[EVENT_ACTIVITY] = on_activity,
		[EVENT_COMMIT] = on_commit,
		[EVENT_PUSH] = on_commit,
		[EVENT_AWAY] = on_away,
		[EVENT_BACK] = on_back,
		[EVENT_BUSY] = on_busy,
		[EVENT_FREE] = on_busy,
		[EVENT_EXTEND] = on_extend,
		[EVENT_MERGE] = on_merge,
		[EVENT_REOPEN] = on_reopen,
		[EVENT_SNOOZE] = on_snooze,
		[EVENT_ONCALL] = on_oncall,
		[EVENT_OFF] = on_off,
		[EVENT_TODAY] = on_today,
		[EVENT_CARRY] = on_carry,
		[EVENT_HANDED] = on_handed,
	};
	_Static_assert(ARRAY_SIZE(handlers) == EVENT_KINDS, "one each");

	if ((unsigned)ev->kind < EVENT_KINDS)
		handlers[ev->kind](e, ev, fx);
}
