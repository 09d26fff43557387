/* SPDX-License-Identifier: MIT */
/*
 * Each order is read, echoed as it was understood, recorded as an event, and
 * judged by the engine; the reason of a refusal is the engine's.
 */
#include "daemon/orders.h"

#include <jansson.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/parse.h"
#include "daemon/answer.h"
#include "daemon/amend.h"
#include "daemon/board.h"
#include "daemon/daemon.h"
#include "daemon/exceptions.h"
#include "daemon/import.h"
#include "daemon/ledger.h"
#include "daemon/morning.h"
#include "daemon/note.h"
#include "daemon/past.h"
#include "daemon/refusal.h"
#include "daemon/reply.h"
#include "daemon/summary.h"
#include "daemon/when.h"
#include "wire/event.h"
#include "words/instant.h"
#include "words/words.h"

static json_t *
refused_for(struct daemon *d, enum engine_refusal reason)
{
	AUTO_BUF struct buf why = {0};

	refusal_say(d, reason, &why);
	return answer_refused(why.data);
}

struct json_t *
orders_record(struct daemon *d, const char *kind, struct json_t *data,
	struct outcome *out)
{
	struct happening h = {
		.kind = kind,
		.source = "vesper",
		.data = data,
		.human = true,
		.durable = true,
	};
	struct err err;
	int r = ledger_record(d, &h, out, &err);

	json_decref(data);
	if (r < 0)
		return answer_refused(err.text);
	return out->refused ? refused_for(d, out->why) : NULL;
}

/* Reads "when"; NULL with *w filled, else the answer. */
static json_t *
read_when(struct daemon *d, const json_t *in, struct when *w)
{
	const char *when = line_text(in, "when");

	*w = (struct when){0};
	if (!when || !*when)
		return answer_error(W_WHEN_MISSING);
	if (!when_parse(when, ledger_now(d), d->config->rules.turn, w) ||
		w->instant > EVENT_AT_MAX)
		return answer_error(W_WHEN_UNREADABLE);
	return NULL;
}

/* What an event of an extension is to say; NULL with *data, else the answer. */
static json_t *
read_extension(struct daemon *d, const json_t *in, json_t **data)
{
	struct engine_view view;
	char length[32];
	struct when w;
	json_t *answer = read_when(d, in, &w);

	if (answer)
		return answer;
	ledger_view(d, &view);
	/* who types 17:00 at 17:20 means an hour of this day */
	if (w.is_tomorrow && w.instant >= view.close)
		w.instant = ledger_now(d);
	if (w.is_length)
		*data = json_pack("{ss}", "for",
			format_length(w.length, length));
	else
		*data = json_pack("{sI}", "until", (json_int_t)w.instant);
	return NULL;
}

/* Asks a copy of the engine; nothing is recorded. */
struct json_t *
orders_try_extend(struct daemon *d, const struct json_t *in)
{
	AUTO_FREE struct engine *e = xmalloc(engine_size());
	struct engine_event ev = EVENT_NOTHING;
	struct engine_effects fx;
	json_t *data = NULL, *answer = read_extension(d, in, &data);

	if (answer)
		return answer;
	memcpy(e, ledger_engine(d), engine_size());
	ev.kind = EVENT_EXTEND;
	ev.at = max64(ledger_now(d), engine_settled(e) + 1);
	event_read_fields(data, &ev, NULL);
	json_decref(data);
	engine_event(e, &ev, &fx);
	for (int i = 0; i < fx.n; i++)
		if (fx.list[i].kind == EFFECT_REFUSED)
			return refused_for(d, fx.list[i].refused.why);
	return json_pack("{sb}", "ok", 1);
}

static json_t *
extended(struct daemon *d, json_t *data, const char *why)
{
	AUTO_BUF struct buf out = {0};
	struct engine_view view;
	struct outcome outcome;
	json_t *answer;

	if (why && *why)
		json_object_set_new(data, "why", json_string(why));
	answer = orders_record(d, "extend", data, &outcome);
	if (answer)
		return answer;
	ledger_view(d, &view);
	buf_adds(&out, W_EXTENDED);
	buf_adds(&out, " ");
	instant_add(view.now, outcome.end, &out);
	buf_adds(&out, ". ");
	buf_addf(&out, W_EXTENSIONS_LEFT, view.extensions_left);
	return answer_said(out.data);
}

static json_t *
do_extend(struct daemon *d, const json_t *in)
{
	json_t *data, *answer = read_extension(d, in, &data);

	return answer ? answer : extended(d, data, line_text(in, "why"));
}

/* A button counts from the press, not from the end. */
static json_t *
do_extend_now(struct daemon *d, const json_t *in)
{
	struct when w;
	json_t *answer = read_when(d, in, &w);

	if (answer)
		return answer;
	return extended(d, json_pack("{sI}", "until", (json_int_t)w.instant),
		line_text(in, "why"));
}

/* The day that is named, or else today; NULL with *day filled, else the
 * answer. */
static json_t *
which_day(const json_t *in, date_t today, date_t *day)
{
	const char *name = line_text(in, "day");

	*day = today;
	if (name && !parse_day(name, today, day))
		return answer_error(W_DAY_UNREADABLE);
	if (*day > today)
		return answer_refused(W_CORRECT_FUTURE);
	return NULL;
}

static json_t *
do_merge(struct daemon *d, const json_t *in)
{
	AUTO_BUF struct buf where = {0}, out = {0};
	struct engine_view view;
	struct outcome outcome;
	struct err err;
	const char *note = line_text(in, "note");
	char name[CIVIL_TEXT];
	json_t *answer;
	date_t day;
	int r;

	if (note && !note[strspn(note, " \t\n")])
		return answer_refused(W_MERGE_EMPTIED);
	ledger_view(d, &view);
	answer = which_day(in, view.day, &day);
	if (answer)
		return answer;
	if (day != view.day && !note)
		return answer_refused(W_DAY_OVER);
	r = note_save(d, civil_date_text(day, name), note ? note : "",
		line_number(in, "base"), &where, &err);
	if (r < 0)
		return answer_refused(err.text);
	if (day != view.day)
		return answer_said(where.data); /* a note put right; that day is over */
	answer = orders_record(d, "merge", json_object(), &outcome);
	if (answer)
		return answer;
	board_check(d);
	buf_addf(&out, "%s. %s", W_MERGED_TITLE, where.data);
	answer = answer_said(out.data);
	json_object_set_new(answer, "where", json_string(where.data));
	return answer;
}

static json_t *
do_reopen(struct daemon *d, const json_t *in)
{
	AUTO_BUF struct buf out = {0};
	struct engine_view view;
	struct outcome outcome;
	json_t *answer;
	date_t day;

	ledger_view(d, &view);
	answer = which_day(in, view.day, &day);
	if (answer)
		return answer;
	if (day != view.day)
		return answer_refused(W_DAY_OVER);
	if (!view.closed)
		return answer_refused(W_NOT_MERGED);
	answer = orders_record(d, "reopen", json_object(), &outcome);
	if (answer)
		return answer;
	ledger_view(d, &view);
	buf_adds(&out, W_REOPENED);
	if (view.working_day) {
		buf_adds(&out, " ");
		buf_adds(&out, W_END_IS);
		buf_adds(&out, " ");
		instant_add(view.now, view.effective_end, &out);
		buf_adds(&out, ".");
	}
	return answer_said(out.data);
}

/* Orders that hold until an instant: carry, oncall. */
static json_t *
until(struct daemon *d, const char *kind, const json_t *in, const char *word)
{
	AUTO_BUF struct buf out = {0};
	struct outcome outcome;
	struct when w;
	json_t *data, *answer = read_when(d, in, &w);
	const char *why = line_text(in, "why");

	if (answer)
		return answer;
	if (w.instant <= ledger_now(d))
		return answer_refused(W_WHEN_PAST);
	data = json_pack("{sI}", "until", (json_int_t)w.instant);
	if (why && *why)
		json_object_set_new(data, "why", json_string(why));
	answer = orders_record(d, kind, data, &outcome);
	if (answer)
		return answer;
	buf_adds(&out, word);
	buf_adds(&out, " ");
	instant_add(ledger_now(d), w.instant, &out);
	buf_adds(&out, ".");
	return answer_said(out.data);
}

static json_t *
do_carry(struct daemon *d, const json_t *in)
{
	AUTO_BUF struct buf out = {0};
	struct outcome outcome;
	json_t *answer;

	if (line_text(in, "when"))
		return until(d, "carry", in, W_CARRY_UNTIL);
	answer = orders_record(d, "carry", json_object(), &outcome);
	if (answer)
		return answer;
	buf_adds(&out, W_CARRY_DAY);
	return answer_said(out.data);
}

static json_t *
do_oncall(struct daemon *d, const json_t *in)
{
	AUTO_BUF struct buf out = {0};
	struct outcome outcome;
	const char *when = line_text(in, "when");
	json_t *answer;

	if (!when || !streq(when, "off"))
		return until(d, "oncall", in, W_ONCALL_UNTIL);
	answer = orders_record(d, "oncall",
		json_pack("{sI}", "until", (json_int_t)ledger_now(d)),
		&outcome);
	if (answer)
		return answer;
	buf_adds(&out, W_ONCALL_OFF);
	return answer_said(out.data);
}

static json_t *
do_snooze(struct daemon *d, const json_t *in)
{
	AUTO_BUF struct buf out = {0};
	struct outcome outcome;
	struct when w;
	char length[32];
	json_t *answer = read_when(d, in, &w);

	if (answer)
		return answer;
	if (w.instant <= ledger_now(d))
		return answer_refused(W_WHEN_PAST);
	format_length(w.instant - ledger_now(d), length);
	answer = orders_record(d, "snooze", json_pack("{ss}", "for", length),
		&outcome);
	if (answer)
		return answer;
	buf_adds(&out, W_SNOOZED);
	buf_adds(&out, " ");
	instant_add(ledger_now(d), w.instant, &out);
	buf_adds(&out, ".");
	return answer_said(out.data);
}

/* A break needs no rule: the person says "away", the gap does the rest. */
static json_t *
do_break(struct daemon *d, const json_t *in)
{
	AUTO_BUF struct buf out = {0};
	struct outcome outcome;
	struct when w;
	json_t *answer = NULL;

	if (line_text(in, "when"))
		answer = read_when(d, in, &w);
	else
		w.instant = ledger_now(d) + d->config->rules.brk;
	if (answer)
		return answer;
	if (w.instant <= ledger_now(d))
		return answer_refused(W_WHEN_PAST);
	answer = orders_record(d, "away", json_object(), &outcome);
	if (answer)
		return answer;
	buf_adds(&out, W_BREAK);
	buf_adds(&out, " ");
	instant_add(ledger_now(d), w.instant, &out);
	buf_adds(&out, ".");
	return answer_said(out.data);
}

/* The client printed the notes of other days: they wait no more. */
static json_t *
do_handed(struct daemon *d, const json_t *in UNUSED)
{
	struct outcome outcome;
	json_t *answer = orders_record(d, "handed", json_object(), &outcome);

	morning_read(d);
	return answer ? answer : json_pack("{sb}", "ok", 1);
}

static json_t *
do_reload(struct daemon *d, const json_t *in UNUSED)
{
	AUTO_BUF struct buf out = {0};
	struct err err;

	if (daemon_reload(d, &err) < 0)
		return answer_refused(err.text);
	buf_adds(&out, W_RELOADED);
	if (d->problems.n)
		buf_addf(&out, W_RELOADED_PROBLEMS, d->problems.n);
	return answer_said(out.data);
}

static json_t *
do_answer(struct daemon *d, const json_t *in)
{
	json_t *n = json_object_get(in, "n");
	const char *action = line_text(in, "action");

	if (!json_is_integer(n) || !action)
		return answer_error(W_ANSWER_HOW);
	return board_answer(d, json_integer_value(n), action);
}

static json_t *
do_stop(struct daemon *d, const json_t *in UNUSED)
{
	AUTO_BUF struct buf out = {0};

	daemon_quit(d);
	buf_adds(&out, W_DAEMON_ENDS);
	return answer_said(out.data);
}

static const struct {
	const char *name;
	json_t *(*run)(struct daemon *d, const json_t *in);
} orders[] = {
	{"extend", do_extend},
	{"extend-now", do_extend_now},
	{"merge", do_merge},
	{"reopen", do_reopen},
	{"carry", do_carry},
	{"snooze", do_snooze},
	{"break", do_break},
	{"oncall", do_oncall},
	{"off", exceptions_off},
	{"today", exceptions_today},
	{"handed", do_handed},
	{"correct", amend_do},
	{"forget", past_forget},
	{"import", import_do},
	{"answer", do_answer},
	{"reload", do_reload},
	{"stop", do_stop},
};

json_t *
orders_do(struct daemon *d, const char *order, const json_t *in)
{
	if (streq(order, "merge") && json_is_true(json_object_get(in, "undo")))
		order = "reopen";
	for (size_t i = 0; i < ARRAY_SIZE(orders); i++)
		if (streq(order, orders[i].name))
			return orders[i].run(d, in);
	return answer_error(W_UNKNOWN_ORDER);
}
