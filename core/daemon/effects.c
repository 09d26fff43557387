/* SPDX-License-Identifier: MIT */
/*
 * Notices are written down before they are given, under the number by which
 * they are answered; one that is written down already was given before a
 * restart.
 */
#include "daemon/effects.h"

#include "daemon/board.h"
#include "daemon/daemon.h"
#include "daemon/gather.h"
#include "daemon/history.h"
#include "daemon/ledger.h"
#include "daemon/rollup.h"
#include "engine/names.h"
#include "store/store.h"

/* Writes a given notice down. Its number, or 0 when it was there already. */
static int64_t
remember(struct daemon *d, const struct engine_effect *effect)
{
	char day[CIVIL_TEXT];
	struct store_notice notice = {
		.at = effect->at,
		.notice = engine_notice_name(effect->notice.notice),
		.level = effect->notice.level,
		.day = civil_date_text(effect->day, day),
		.about = effect->notice.about,
	};

	return history_notice(d, &notice) == 0 ? notice.n : 0;
}

static void
on_notice(struct daemon *d, struct effects *e,
	const struct engine_effect *effect)
{
	enum engine_notice kind = effect->notice.notice;
	int64_t n;

	if (effect->at < e->alive)
		return; /* before the restart: said */
	n = remember(d, effect);
	if (!n)
		return;
	if (kind == NOTICE_MORNING)
		ledger_handed_back(d, effect->at);
	if (e->live) {
		/* After a night asleep much of it is no longer so. */
		if (board_holds(d, effect))
			board_give(d, effect, n);
	} else {
		e->missed[kind] = *effect;
		e->missed_n[kind] = n;
	}
}

static void
on_closed(struct daemon *d, const struct effects *e,
	const struct engine_effect *effect)
{
	char day[CIVIL_TEXT];
	struct store_day row = {
		.day = civil_date_text(effect->day, day),
		.ended = effect->closed.ended,
		.worked = effect->closed.worked,
		.longest = effect->closed.longest,
	};

	gather_settle(d);
	if (effect->at >= e->alive)
		store_day(d->store, &row);
	rollup_start(d);
}

/* What the event under way is answered. */
static void
on_answer(struct outcome *out, const struct engine_effect *effect)
{
	if (effect->kind == EFFECT_VERDICT) {
		out->judged = true;
		out->verdict = effect->verdict.verdict;
		out->past = effect->verdict.past;
	} else if (effect->kind == EFFECT_REFUSED) {
		out->refused = true;
		out->why = effect->refused.why;
	} else if (effect->kind == EFFECT_GRANTED) {
		out->granted = true;
		out->end = effect->granted.end;
	}
}

void
effects_carry_out(
	struct daemon *d, struct effects *e, const struct engine_effects *fx)
{
	for (int i = 0; i < fx->n; i++) {
		const struct engine_effect *effect = &fx->list[i];

		if (effect->kind == EFFECT_NOTICE)
			on_notice(d, e, effect);
		else if (effect->kind == EFFECT_CLOSED)
			on_closed(d, e, effect);
		else if (e->outcome)
			on_answer(e->outcome, effect);
	}
}

void
effects_say_missed(struct daemon *d, const struct effects *e)
{
	for (int kind = NOTICE_KINDS - 1; kind >= 0; kind--)
		if (e->missed_n[kind] && board_holds(d, &e->missed[kind]))
			board_give(d, &e->missed[kind], e->missed_n[kind]);
}
