/* SPDX-License-Identifier: MIT */
/*
 * Everything here is asked of the engine.  The line for editors holds no
 * countdown: it changes when the state changes, so nobody has to wake up for
 * it.
 */
#include "daemon/status.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/parse.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "daemon/morning.h"
#include "daemon/server.h"
#include "daemon/timeline.h"
#include "engine/names.h"
#include "store/store.h"
#include "words/words.h"

#define PENDING_MAX 32

/* An instant or length, null when there is none. */
static json_t *
number(int64_t value)
{
	return value == RULES_NONE || value == ENGINE_NEVER
		? json_null()
		: json_integer(value);
}

static json_t *
day_json(struct daemon *d, const struct engine_view *view)
{
	const struct rules *rules = &d->config->rules;
	char date[CIVIL_TEXT];

	return json_pack("{ss ss ss so so so sb}", "date",
		civil_date_text(view->day, date), "kind",
		view->working_day ? "work" : "off", "name",
		view->workday >= 0 ? rules->workday[view->workday].name : "",
		"start", number(view->start), "end", number(view->end),
		"effective_end", number(view->effective_end), "closed",
		view->closed);
}

static json_t *
stretch_json(struct daemon *d, const struct engine_view *view)
{
	if (view->stretch_start == RULES_NONE)
		return json_null();
	return json_pack("{sI sI sI}", "start",
		(json_int_t)view->stretch_start, "length",
		(json_int_t)view->stretch_length, "limit",
		(json_int_t)d->config->rules.stretch_limit);
}

static json_t *
next_json(struct daemon *d)
{
	struct engine_pending pending[PENDING_MAX];
	int n = engine_pending(ledger_engine(d), pending, PENDING_MAX);

	if (n == 0)
		return json_null();
	return json_pack("{ss so}", "notice",
		engine_notice_name(pending[0].notice), "at",
		number(pending[0].due));
}

static void
add_source(void *data, const char *source, int64_t last)
{
	json_array_append_new(data,
		json_pack("{ss sI}", "name", source, "last", (json_int_t)last));
}

json_t *
status_json(struct daemon *d)
{
	struct engine_view view;
	json_t *sources = json_array();

	ledger_view(d, &view);
	store_sources(d->store, add_source, sources);
	return json_pack("{so ss sb sb so sI si si so so ss sI ss so so so si "
			 "sb sb}",
		"day", day_json(d, &view), "regime",
		engine_regime_name(view.regime), "present", view.present,
		"busy", view.busy, "stretch", stretch_json(d, &view), "worked",
		(json_int_t)view.worked, "extensions_left",
		view.extensions_left, "extensions_granted",
		view.extensions_granted, "next", next_json(d), "sources",
		sources, "version", VESPER_VERSION, "now",
		(json_int_t)view.now, "clock", timeline_kind(d->time),
		"oncall_until", number(view.oncall_until), "carry_until",
		number(view.carry_until), "snooze_until",
		number(view.snooze_until), "problems", (int)d->problems.n,
		"note_waiting", view.note_waiting || morning_unread(d),
		"pacer",
		d->config->pacer && view.extensions_granted > 0);
}

static void
line_text(const struct engine_view *view, struct buf *out)
{
	char time[CIVIL_TEXT];

	switch (view->regime) {
	case REGIME_NORMAL:
		buf_addf(out, W_LINE_NORMAL,
			civil_time_text(view->effective_end, time));
		break;
	case REGIME_OVER:
		if (view->closed)
			buf_adds(out, W_LINE_CLOSED);
		else
			buf_addf(out, W_LINE_OVER,
				civil_time_text(view->effective_end, time));
		break;
	case REGIME_OFF:
		buf_adds(out, W_LINE_OFF);
		break;
	case REGIME_ONCALL:
		buf_addf(out, W_LINE_ONCALL,
			civil_time_text(view->oncall_until, time));
		break;
	case REGIME_PROTECTED:
		buf_addf(out, W_LINE_PROTECTED,
			civil_time_text(view->block_to, time));
		break;
	case REGIME_KINDS:
		break;
	}
}

json_t *
status_line(struct daemon *d)
{
	AUTO_BUF struct buf text = {0};
	struct engine_view view;

	ledger_view(d, &view);
	line_text(&view, &text);
	return json_pack("{ss ss}", "status", text.data, "regime",
		engine_regime_name(view.regime));
}

void
status_push(struct daemon *d)
{
	json_t *line = status_line(d);
	char *text = json_dumps(line, JSON_COMPACT);

	if (d->server && text &&
		(!d->status_line || !streq(text, d->status_line))) {
		free(d->status_line);
		d->status_line = text;
		text = NULL;
		server_push(d->server, json_incref(line));
	}
	free(text);
	json_decref(line);
}

/* --- why ---------------------------------------------------------------- */

static const struct {
	enum engine_hold hold;
	const char *name, *words;
} holds[] = {
	{HOLD_ABSENT, "absent", W_HOLD_ABSENT},
	{HOLD_BUSY, "busy", W_HOLD_BUSY},
	{HOLD_REGIME, "regime", W_HOLD_REGIME},
	{HOLD_SEAM, "seam", W_HOLD_SEAM},
	{HOLD_CARRY, "carry", W_HOLD_CARRY},
	{HOLD_SNOOZE, "snooze", W_HOLD_SNOOZE},
	{HOLD_NOT_DUE, "not_due", W_HOLD_NOT_DUE},
};

/* "18:05", or with the date in front when it is not within a day. */
static void
add_instant(int64_t now, int64_t at, struct buf *out)
{
	char time[CIVIL_TEXT], date[CIVIL_TEXT];

	if (at - now >= DAY_S || now - at >= DAY_S)
		buf_addf(out, "%s ",
			civil_date_text(civil_local(at, NULL), date));
	buf_adds(out, civil_time_text(at, time));
}

static json_t *
pending_json(const struct engine_pending *pending, int64_t now,
	struct buf *text)
{
	json_t *held = json_array();
	bool first = true;

	buf_addf(text, "%-12s ", engine_notice_name(pending->notice));
	add_instant(now, pending->due, text);
	for (size_t i = 0; i < ARRAY_SIZE(holds); i++) {
		if (!(pending->holds & holds[i].hold))
			continue;
		json_array_append_new(held, json_string(holds[i].name));
		buf_addf(text, "%s%s", first ? "  " : ", ", _(holds[i].words));
		first = false;
	}
	if (pending->by != ENGINE_NEVER && pending->by != RULES_NONE &&
		(pending->holds & HOLD_SEAM)) {
		buf_adds(text, " ");
		add_instant(now, pending->by, text);
	}
	buf_adds(text, "\n");
	return json_pack("{ss so so so si}", "notice",
		engine_notice_name(pending->notice), "due",
		number(pending->due), "by", number(pending->by), "held", held,
		"level", pending->level);
}

static void
said_last(struct daemon *d, const struct engine_view *view, json_t *out,
	struct buf *text)
{
	struct store_notice last = {0};
	char *name = NULL;

	if (store_last_notice(d->store, &last, &name) != 1) {
		buf_addf(text, "%s\n", W_WHY_NOTHING_SAID);
		return;
	}
	buf_adds(text, W_WHY_LAST);
	buf_addf(text, " %s, ", name);
	add_instant(view->now, last.at, text);
	buf_addf(text, "\n  %s\n", W_WHY_RULE(name));
	json_object_set_new(out, "last",
		json_pack("{ss sI si}", "notice", name, "at",
			(json_int_t)last.at, "level", last.level));
	free(name);
}

json_t *
status_why(struct daemon *d)
{
	AUTO_BUF struct buf text = {0};
	struct engine_pending pending[PENDING_MAX];
	struct engine_view view;
	json_t *out = json_object(), *list = json_array();
	int n = engine_pending(ledger_engine(d), pending, PENDING_MAX);

	ledger_view(d, &view);
	said_last(d, &view, out, &text);
	buf_addf(&text, W_WHY_REGIME, engine_regime_name(view.regime));
	buf_adds(&text, "\n");
	if (n == 0)
		buf_addf(&text, "%s\n", W_WHY_NOTHING_DUE);
	for (int i = 0; i < n; i++)
		json_array_append_new(list,
			pending_json(&pending[i], view.now, &text));
	json_object_set_new(out, "regime",
		json_string(engine_regime_name(view.regime)));
	json_object_set_new(out, "pending", list);
	json_object_set_new(out, "text", json_string(text.data));
	return out;
}

/* --- plan --------------------------------------------------------------- */

static void
plan_blocks(struct daemon *d, const struct engine_plan *plan, json_t *blocks,
	struct buf *text)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	for (int i = 0; i < plan->nblock; i++) {
		const struct rules_block *block =
			&d->config->rules.block[plan->block[i].block];
		const char *name = block->private || !*block->name
			? W_PROTECTED_TIME
			: block->name;

		json_array_append_new(blocks,
			json_pack("{ss sI sI}", "name", name, "from",
				(json_int_t)plan->block[i].from, "to",
				(json_int_t)plan->block[i].to));
		buf_addf(text, "  %s %s-%s", name,
			civil_time_text(plan->block[i].from, from),
			civil_time_text(plan->block[i].to, to));
	}
}

static void
plan_window(struct daemon *d, const struct engine_plan *plan, json_t *warns,
	struct buf *text)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT], length[32];
	const char *name;

	if (plan->workday < 0) {
		buf_adds(text, W_LINE_OFF);
		return;
	}
	name = d->config->rules.workday[plan->workday].name;
	buf_addf(text, "%s-%s", civil_time_text(plan->start, from),
		civil_time_text(plan->end, to));
	if (*name)
		buf_addf(text, " %s", name);
	if (plan->limit != RULES_NONE)
		buf_addf(text, W_PLAN_LIMIT,
			format_length(plan->limit, length));
	for (int i = 0; i < plan->nwarn; i++) {
		int64_t at = plan->end - plan->warn[i];

		json_array_append_new(warns, json_integer(at));
		buf_addf(text, "%s%s", i ? ", " : W_PLAN_WARN,
			civil_time_text(at, from));
	}
}

/* The clock changes on this date: its first and last minute differ in their
 * offset from UTC. */
static bool
clock_change(date_t date)
{
	return civil_offset(civil_instant(date, 0)) !=
		civil_offset(civil_instant(date + 1, 0));
}

static json_t *
plan_day(struct daemon *d, date_t date, struct buf *text)
{
	static const char *const weekday[] = {"Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat", "Sun"};
	struct engine_plan plan;
	json_t *warns = json_array(), *blocks = json_array();
	char name[CIVIL_TEXT];

	engine_plan(ledger_engine(d), date, &plan);
	buf_addf(text, "%s %s  ", weekday[civil_weekday(date)],
		civil_date_text(date, name));
	plan_window(d, &plan, warns, text);
	plan_blocks(d, &plan, blocks, text);
	if (plan.exception)
		buf_addf(text, "  %s", W_PLAN_EXCEPTION);
	if (clock_change(date))
		buf_addf(text, "  %s", W_PLAN_CLOCK_CHANGE);
	buf_adds(text, "\n");
	return json_pack("{ss ss so so so so so sb sb}", "date", name, "kind",
		plan.workday < 0 ? "off" : "work", "start", number(plan.start),
		"end", number(plan.end), "limit", number(plan.limit), "warn",
		warns, "protected", blocks, "exception", plan.exception,
		"clock_change", clock_change(date));
}

json_t *
status_plan(struct daemon *d, int days)
{
	AUTO_BUF struct buf text = {0};
	struct engine_view view;
	json_t *list = json_array();

	ledger_view(d, &view);
	if (view.regime == REGIME_ONCALL) {
		buf_adds(&text, W_ONCALL_UNTIL);
		buf_adds(&text, " ");
		add_instant(view.now, view.oncall_until, &text);
		buf_adds(&text, "\n");
	}
	for (int i = 0; i < days; i++)
		json_array_append_new(list, plan_day(d, view.day + i, &text));
	return json_pack("{so so so}", "days", list, "oncall_until",
		number(view.oncall_until), "text",
		json_string(text.len ? text.data : ""));
}
