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
#include "daemon/board.h"
#include "daemon/daemon.h"
#include "daemon/holders.h"
#include "daemon/ledger.h"
#include "daemon/morning.h"
#include "daemon/server.h"
#include "daemon/sight.h"
#include "daemon/timeline.h"
#include "engine/names.h"
#include "store/store.h"
#include "words/words.h"

#define PENDING_MAX 32

json_t *
status_number(int64_t value)
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
		"start", status_number(view->start), "end", status_number(view->end),
		"effective_end", status_number(view->effective_end), "closed",
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

/* What waits for the day to turn (carried on) comes at no instant; what is due
 * and has no place in what holds now (a break, when the day is over) is not
 * what comes next. */
static bool
comes(const struct engine_pending *pending, int64_t now)
{
	if (pending->due == ENGINE_NEVER || pending->due == RULES_NONE)
		return false;
	return pending->due > now || !(pending->holds & HOLD_REGIME);
}

static json_t *
next_json(struct daemon *d, int64_t now)
{
	struct engine_pending pending[PENDING_MAX];
	int n = engine_pending(ledger_engine(d), pending, PENDING_MAX);

	for (int i = 0; i < n; i++)
		if (comes(&pending[i], now))
			return json_pack("{ss sI}", "notice",
				engine_notice_name(pending[i].notice), "at",
				(json_int_t)pending[i].due);
	return json_null();
}

static void
add_source(void *data, const char *source, int64_t last)
{
	json_array_append_new(data,
		json_pack("{ss sI}", "name", source, "last", (json_int_t)last));
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
status_json(struct daemon *d)
{
	struct engine_view view;
	json_t *sources = json_array(), *out, *notice;
	AUTO_BUF struct buf line = {0};

	ledger_view(d, &view);
	store_sources(d->store, add_source, sources);
	out = json_pack("{so ss sb sb so sI si si so so ss sI ss so so so si "
			 "sb ss? sb}",
		"day", day_json(d, &view), "regime",
		engine_regime_name(view.regime), "present", view.present,
		"busy", view.busy, "stretch", stretch_json(d, &view), "worked",
		(json_int_t)view.worked, "extensions_left",
		view.extensions_left, "extensions_granted",
		view.extensions_granted, "next", next_json(d, view.now), "sources",
		sources, "version", VESPER_VERSION, "now",
		(json_int_t)view.now, "clock", timeline_kind(d->time),
		"oncall_until", status_number(view.oncall_until), "carry_until",
		status_number(view.carry_until), "snooze_until",
		status_number(view.snooze_until), "problems",
		(int)d->problems.n + (d->config_unusable != NULL),
		"note_waiting", view.note_waiting || morning_unread(d),
		"trouble", d->trouble, "pacer",
		d->config->pacer && view.extensions_granted > 0);
	notice = board_current(d);
	line_text(&view, &line);
	json_object_set_new(out, "state", json_string(line.data));
	json_object_set_new(out, "held", holders_json(d));
	json_object_set_new(out, "unseen", sight_json(d));
	json_object_set_new(out, "notice", notice ? notice : json_null());
	return out;
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
