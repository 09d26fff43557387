/* SPDX-License-Identifier: MIT */
/* See ledger.h; this is the only file that writes to the engine. */
#include "daemon/ledger.h"

#include <jansson.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/log.h"
#include "daemon/board.h"
#include "daemon/daemon.h"
#include "daemon/effects.h"
#include "daemon/event.h"
#include "daemon/fold.h"
#include "daemon/history.h"
#include "daemon/holders.h"
#include "daemon/quiet.h"
#include "daemon/rollup.h"
#include "daemon/status.h"
#include "daemon/timeline.h"
#include "daemon/word.h"
#include "engine/names.h"
#include "store/store.h"
#include "words/words.h"

/* All events of the last days that somebody was there to see are folded at a
 * restart: no state but orders (days off, on call ...) is older than that. */
#define FOLD_DAYS 9
#define FOLD_ORDER_DAYS 400

/* A clock set back between two lives by more than this was wrong before. */
#define HOLD_STILL_S DAY_S

struct ledger {
	struct fold fold; /* the live engine lives here, too */
	struct engine *scratch;
	struct effects effects;
};

/* Notes that were handed back are so after a restart, too: an event of the
 * next instant, for in its own the notice is given last. */
void
ledger_handed_back(struct daemon *d, int64_t given)
{
	struct engine_event handed = {.at = given + 1,
		.kind = EVENT_HANDED, .human = true};
	struct store_event event = {
		.at = handed.at,
		.kind = engine_event_name(EVENT_HANDED),
		.human = true,
	};
	struct engine_effects none;

	history_append(d, &event, false, NULL);
	engine_event(d->ledger->fold.engine, &handed, &none);
}

static void
on_effects(void *data, const struct engine_effects *fx)
{
	struct daemon *d = data;

	effects_carry_out(d, &d->ledger->effects, fx);
}

/* A copy of the engine that has gone on to an instant, as if that one were
 * over; true when something would be given on the way. */
static bool
look_ahead(struct daemon *d, int64_t at)
{
	struct ledger *l = d->ledger;
	struct engine_effects fx;
	bool gives = false;

	memcpy(l->scratch, l->fold.engine, engine_size());
	while (engine_step(l->scratch, at, &fx))
		gives |= fx.n > 0;
	return gives;
}

/* Settles the open instant when that gives something. */
static void
settle_if_it_gives(struct daemon *d, int64_t at)
{
	if (look_ahead(d, at))
		fold_run(&d->ledger->fold, at);
}

static void
arm(struct daemon *d, int64_t now)
{
	int64_t quiet = quiet_deadline(d);

	look_ahead(d, now);
	timeline_arm(d->time,
		min64(quiet, engine_deadline(d->ledger->scratch)));
}

static void
after_change(struct daemon *d, int64_t now)
{
	if (!d->ledger->effects.live)
		return;
	quiet_check(d);
	arm(d, now);
	board_check(d);
	status_push(d);
	word_update(d);
}

/* A suspend is an absence that nobody could tell us about. */
static void
note_sleep(struct daemon *d, int64_t now)
{
	struct ledger *l = d->ledger;
	int64_t slept = timeline_slept(d->time);
	int64_t from = max64(now - slept, engine_settled(l->fold.engine) + 1);
	struct happening away = {.kind = "away", .source = "suspend",
		.human = true, .at = from};
	struct happening back = {.kind = "back", .source = "suspend",
		.human = true, .at = now};

	if (slept < 1)
		return;
	ledger_record(d, &away, NULL, NULL);
	ledger_record(d, &back, NULL, NULL);
}

/* The stamp on a clock that was set; the instant itself went on. */
static void
note_set(struct daemon *d, int64_t now)
{
	int64_t by = timeline_set_by(d->time);
	AUTO_FREE char *data = NULL;
	struct store_event event = {.at = now, .kind = "set", .human = true};

	if (by == 0)
		return;
	data = xasprintf("{\"by\":%lld}", (long long)by);
	event.data = data;
	history_append(d, &event, false, NULL);
	log_info(W_CLOCK_SET, (long long)by);
}

/* What the clocks have to tell comes before anything else of this instant:
 * the key pressed after a resume is not followed by an absence. */
static void
note_clocks(struct daemon *d, int64_t now)
{
	if (!d->ledger->effects.live)
		return;
	note_sleep(d, now);
	note_set(d, now);
}

void
ledger_advance(struct daemon *d)
{
	int64_t now = timeline_now(d->time);

	note_clocks(d, now);
	fold_run(&d->ledger->fold, now - 1);
	settle_if_it_gives(d, now);
	after_change(d, now);
}

/* The verdict the engine is about to give: written down with the event, so that
 * no crash can part them. */
static void
foresee(struct daemon *d, struct store_event *event)
{
	struct engine_event ev;
	struct engine_effects fx;

	if (!event_decode(event, &ev) ||
		(ev.kind != EVENT_COMMIT && ev.kind != EVENT_PUSH))
		return;
	memcpy(d->ledger->scratch, d->ledger->fold.engine, engine_size());
	engine_event(d->ledger->scratch, &ev, &fx);
	for (int i = 0; i < fx.n; i++)
		if (fx.list[i].kind == EFFECT_VERDICT) {
			event->verdict = engine_verdict_name(
				fx.list[i].verdict.verdict);
			event->past = fx.list[i].verdict.past;
		}
}

/* Writes it down, then lets the engine know. */
static int
append(struct daemon *d, const struct happening *h, struct store_event *event,
	struct err *err)
{
	char *data = h->data ? json_dumps(h->data, JSON_COMPACT) : NULL;
	struct engine_event ev;
	struct engine_effects fx;
	int r;

	event->kind = h->kind;
	event->source = h->source;
	event->project = h->project ? h->project : "";
	event->oid = h->oid ? h->oid : "";
	event->data = data ? data : "{}";
	event->human = h->human;
	event->verdict = "";
	foresee(d, event);
	r = history_append(d, event, h->durable, err);
	if (r >= 0 && event_decode(event, &ev)) {
		engine_event(d->ledger->fold.engine, &ev, &fx);
		on_effects(d, &fx);
	}
	free(data);
	return r;
}

int
ledger_record(struct daemon *d, const struct happening *h,
	struct outcome *out, struct err *err)
{
	struct ledger *l = d->ledger;
	struct outcome unused, *outer = l->effects.outcome;
	struct store_event event = {0};
	int64_t now = timeline_now(d->time);
	int64_t at = h->at ? min64(h->at, now) : now;
	int r;

	note_clocks(d, now);
	out = out ? out : &unused;
	*out = (struct outcome){0};
	at = max64(at, engine_settled(l->fold.engine) + 1);
	fold_run(&l->fold, at - 1);
	event.at = out->at = at;
	l->effects.outcome = out;
	r = append(d, h, &event, err);
	l->effects.outcome = outer;
	out->id = event.id;
	if (r >= 0)
		settle_if_it_gives(d, at);
	after_change(d, now);
	return r;
}

static void
fold_past(struct daemon *d, int64_t now)
{
	AUTO_FREE char *here = daemon_system_zone(d);
	struct ledger *l = d->ledger;
	int64_t recent = (l->effects.alive < 0 ? now : l->effects.alive) - FOLD_DAYS * DAY_S;
	int64_t start = fold_start(d->store, recent - FOLD_ORDER_DAYS * DAY_S,
		recent, now);

	l->fold.zone = &daemon_zone;
	l->fold.effects = on_effects;
	l->fold.data = d;
	l->fold.here = here;
	fold_begin(&l->fold, d->store, start - 1); /* `start` is open */
	l->fold.here = NULL;
	if (start < recent)
		fold_feed(&l->fold, d->store, start, recent, true);
	fold_feed(&l->fold, d->store, max64(start, recent), now + 1, false);
}

static void
record_text(struct daemon *d, const char *kind, const char *key,
	const char *text)
{
	json_t *data = json_pack("{ss}", key, text);
	char *dump = json_dumps(data, JSON_COMPACT);
	struct store_event event = {
		.at = max64(timeline_now(d->time),
			engine_settled(d->ledger->fold.engine) + 1),
		.kind = kind,
		.data = dump,
		.human = true,
	};

	fold_arrive(&d->ledger->fold, event.at);
	history_append(d, &event, false, NULL);
	free(dump);
	json_decref(data);
}

/* What has not changed is not planned anew: the record knows nothing of it,
 * and what it leads to must be the same. */
void
ledger_replan(struct daemon *d, const char *config_text)
{
	struct fold *f = &d->ledger->fold;
	AUTO_FREE char *zone = daemon_system_zone(d);
	bool changed = false;

	if (!streq(zone, f->zone_name)) {
		record_text(d, "zone", "zone", zone);
		free(f->zone_name);
		f->zone_name = steal_ptr(&zone);
		changed = true;
	}
	if (!f->config_text || !streq(config_text, f->config_text)) {
		record_text(d, "config", "text", config_text);
		free(f->config_text);
		f->config_text = xstrdup(config_text);
		changed = true;
	}
	fold_apply_zone(d->config, f->zone_name);
	if (changed)
		engine_replan(f->engine, &d->config->rules, f->zone);
	else
		engine_move_rules(f->engine, &d->config->rules);
}

/* The instant never goes back, not from one life to the next either: when the
 * clock was set back in between, it stands still until it is where it was. */
static int64_t
not_before_the_record(struct daemon *d)
{
	int64_t now = timeline_now(d->time);
	int64_t newest = store_alive(d->store, INT64_MAX - 1);

	if (newest > now && newest - now <= HOLD_STILL_S)
		timeline_floor(d->time, newest);
	return timeline_now(d->time);
}

void
ledger_restate(struct daemon *d)
{
	struct fold *f = &d->ledger->fold;

	record_text(d, "zone", "zone", f->zone_name);
	if (f->config_text)
		record_text(d, "config", "text", f->config_text);
}

bool
ledger_is_live(const struct daemon *d)
{
	return d->ledger && d->ledger->effects.live;
}

int
ledger_refold(struct daemon *d)
{
	AUTO_FREE char *text = d->ledger->fold.config_text
		? xstrdup(d->ledger->fold.config_text)
		: xstrdup("");
	int r;

	ledger_close(d);
	r = ledger_open(d, NULL);
	if (r < 0)
		return r;
	ledger_replan(d, text);
	ledger_go_live(d);
	rollup_drop(d);
	rollup_start(d);
	return 0;
}

int
ledger_open(struct daemon *d, struct err *err UNUSED)
{
	struct ledger *l = xcalloc(1, sizeof *l);
	int64_t now;

	d->ledger = l;
	l->scratch = xcalloc(1, engine_size());
	now = not_before_the_record(d);
	l->effects.alive = store_alive(d->store, now);
	fold_past(d, now);
	return 0;
}

void
ledger_close(struct daemon *d)
{
	if (!d->ledger)
		return;
	fold_end(&d->ledger->fold);
	free(d->ledger->scratch);
	free(d->ledger);
	d->ledger = NULL;
}

void
ledger_go_live(struct daemon *d)
{
	struct ledger *l = d->ledger;
	int64_t now = timeline_now(d->time);

	fold_run(&l->fold, now - 1);
	settle_if_it_gives(d, now);
	l->effects.live = true;
	effects_say_missed(d, &l->effects);
	board_restore(d);
	holders_restore(d);
	after_change(d, now);
}

void
ledger_view(struct daemon *d, struct engine_view *view)
{
	engine_view(ledger_engine(d), view);
}

const struct engine *
ledger_engine(struct daemon *d)
{
	look_ahead(d, timeline_now(d->time));
	return d->ledger->scratch;
}

enum engine_verdict
ledger_judge(struct daemon *d, enum engine_event_kind kind, int64_t *past)
{
	struct engine *e = d->ledger->scratch;
	struct engine_event ev = {.kind = kind, .human = true};
	struct engine_effects fx;

	*past = 0;
	look_ahead(d, timeline_now(d->time));
	ev.at = max64(timeline_now(d->time), engine_settled(e) + 1);
	engine_event(e, &ev, &fx);
	for (int i = 0; i < fx.n; i++)
		if (fx.list[i].kind == EFFECT_VERDICT) {
			*past = fx.list[i].verdict.past;
			return fx.list[i].verdict.verdict;
		}
	return VERDICT_OK;
}

int64_t
ledger_now(struct daemon *d)
{
	return timeline_now(d->time);
}
