/* SPDX-License-Identifier: MIT */
/*
 * Why Vesper said what it said, and why it does not say what is due.  Asked of
 * the engine that gives the notices, so that the two can never differ.
 */
#include <glib.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/holders.h"
#include "daemon/ledger.h"
#include "daemon/status.h"
#include "engine/names.h"
#include "store/store.h"
#include "words/instant.h"
#include "words/words.h"

#define PENDING_MAX 32
#define NEXT_DAYS 7 /* how far ahead the text looks */

/* What the lines about one notice after the other are made of. */
struct why {
	struct engine_view view;
	char *holder; /* who keeps it busy, or NULL */
	int wide;     /* the longest name of a notice that is listed */
	struct buf text;
};

static void
say_until(const struct why *w, int64_t until, struct buf *out)
{
	AUTO_BUF struct buf at = {0};

	if (until == ENGINE_NEVER) {
		buf_addf(out, " %s", W_UNTIL_TURN);
		return;
	}
	instant_add(w->view.now, until, &at);
	buf_addf(out, " ");
	buf_addf(out, W_UNTIL, at.data);
}

/* "on call until 20:00" */
static void
say_regime(const struct why *w, struct buf *out)
{
	static const char *const names[REGIME_KINDS] = {
		[REGIME_NORMAL] = W_REGIME_NORMAL,
		[REGIME_OVER] = W_REGIME_OVER,
		[REGIME_OFF] = W_REGIME_OFF,
		[REGIME_ONCALL] = W_REGIME_ONCALL,
		[REGIME_PROTECTED] = W_REGIME_PROTECTED,
	};
	const struct engine_view *v = &w->view;

	buf_adds(out, _(names[v->regime]));
	if (v->regime == REGIME_NORMAL)
		say_until(w, v->effective_end, out);
	else if (v->regime == REGIME_ONCALL)
		say_until(w, v->oncall_until, out);
	else if (v->regime == REGIME_PROTECTED)
		say_until(w, v->block_to, out);
}

/* --- what holds a notice back -------------------------------------------- */

static void
say_busy(const struct why *w, const struct engine_pending *p, struct buf *out)
{
	(void)p;
	buf_addf(out, W_HOLD_BUSY, w->holder ? w->holder : W_HOLDER_UNKNOWN);
}

static void
say_absent(const struct why *w, const struct engine_pending *p, struct buf *out)
{
	(void)p;
	buf_adds(out, w->view.away ? W_HOLD_AWAY : W_HOLD_ABSENT);
}

static void
say_not_now(const struct why *w, const struct engine_pending *p,
	struct buf *out)
{
	AUTO_BUF struct buf regime = {0};

	(void)p;
	say_regime(w, &regime);
	buf_addf(out, W_HOLD_REGIME, regime.data);
}

static void
say_seam(const struct why *w, const struct engine_pending *p, struct buf *out)
{
	buf_adds(out, W_HOLD_SEAM);
	say_until(w, p->by, out);
}

static void
say_carry(const struct why *w, const struct engine_pending *p, struct buf *out)
{
	(void)p;
	buf_adds(out, W_HOLD_CARRY);
	say_until(w, w->view.carry_until, out);
}

static void
say_snooze(const struct why *w, const struct engine_pending *p,
	struct buf *out)
{
	(void)p;
	buf_adds(out, W_HOLD_SNOOZE);
	say_until(w, w->view.snooze_until, out);
}

static const struct {
	enum engine_hold hold;
	const char *name;
	void (*say)(const struct why *w, const struct engine_pending *p,
		struct buf *out);
} holds[] = {
	{HOLD_ABSENT, "absent", say_absent},
	{HOLD_BUSY, "busy", say_busy},
	{HOLD_REGIME, "regime", say_not_now},
	{HOLD_SEAM, "seam", say_seam},
	{HOLD_CARRY, "carry", say_carry},
	{HOLD_SNOOZE, "snooze", say_snooze},
	{HOLD_NOT_DUE, "not_due", NULL},
};

/* What is not due yet is worth a word only when it puts the due instant off. */
static bool
explains(const struct why *w, const struct engine_pending *p,
	enum engine_hold hold)
{
	if (!(p->holds & hold) || hold == HOLD_NOT_DUE)
		return false;
	return !(p->holds & HOLD_NOT_DUE) ||
		(hold == HOLD_CARRY && p->due == w->view.carry_until) ||
		(hold == HOLD_SNOOZE && p->due == w->view.snooze_until);
}

/* --- one notice ---------------------------------------------------------- */

static json_t *
pending_json(const struct why *w, const struct engine_pending *p)
{
	json_t *held = json_array(), *out;

	for (size_t i = 0; i < ARRAY_SIZE(holds); i++)
		if (p->holds & holds[i].hold)
			json_array_append_new(held, json_string(holds[i].name));
	out = json_pack("{ss so so so si}", "notice",
		engine_notice_name(p->notice), "due", status_number(p->due),
		"by", status_number(p->by), "held", held, "level", p->level);
	if (p->holds & HOLD_BUSY && w->holder)
		json_object_set_new(out, "holder", json_string(w->holder));
	return out;
}

static int
name_width(const struct engine_pending *p)
{
	return (int)g_utf8_strlen(
		words_notice(engine_notice_name(p->notice)), -1);
}

static void
say_pending(struct why *w, const struct engine_pending *p)
{
	AUTO_BUF struct buf at = {0};
	const char *name = words_notice(engine_notice_name(p->notice));
	const char *comma = "  ";

	if (p->due == ENGINE_NEVER)
		buf_adds(&at, W_WHY_NEVER);
	else
		instant_add(w->view.now, p->due, &at);
	buf_addf(&w->text, "  %s%*s  %s", name,
		w->wide - name_width(p), "", at.data);
	for (size_t i = 0; i < ARRAY_SIZE(holds); i++) {
		if (!explains(w, p, holds[i].hold))
			continue;
		buf_adds(&w->text, comma);
		holds[i].say(w, p, &w->text);
		comma = ", ";
	}
	buf_adds(&w->text, "\n");
}

/* The lines about what is due, or about what is not due yet. */
static void
say_list(struct why *w, const struct engine_pending *list, int n, bool due)
{
	const char *title = due ? W_WHY_DUE : W_WHY_NEXT;
	int said = 0;

	for (int i = 0; i < n; i++) {
		if (due == !!(list[i].holds & HOLD_NOT_DUE))
			continue;
		if (list[i].due != ENGINE_NEVER &&
			list[i].due > w->view.now + NEXT_DAYS * DAY_S)
			continue;
		if (said++ == 0)
			buf_addf(&w->text, "%s\n", title);
		say_pending(w, &list[i]);
	}
	if (due && said == 0)
		buf_addf(&w->text, "%s\n", W_WHY_NOTHING_DUE);
}

/* --- all of it ----------------------------------------------------------- */

static void
said_last(struct daemon *d, struct why *w, json_t *out)
{
	struct store_notice last = {0};
	char *name = NULL;

	if (store_last_notice(d->store, &last, &name) != 1) {
		buf_addf(&w->text, "%s\n", W_WHY_NOTHING_SAID);
		return;
	}
	buf_addf(&w->text, "%s %s, ", W_WHY_LAST, words_notice(name));
	instant_add(w->view.now, last.at, &w->text);
	buf_addf(&w->text, "\n  %s\n", words_rule(name));
	json_object_set_new(out, "last",
		json_pack("{ss sI si ss}", "notice", name, "at",
			(json_int_t)last.at, "level", last.level, "rule",
			words_rule(name)));
	free(name);
}

/* It holds nothing back, but explains a screen that stays empty. */
static void
say_dnd(struct daemon *d, struct why *w)
{
	const char *by = holders_dnd_by(d);

	if (!by)
		return;
	buf_addf(&w->text, W_WHY_DND, by);
	buf_adds(&w->text, "\n");
}

static void
say_all(struct daemon *d, struct why *w, json_t *out,
	const struct engine_pending *pending, int n)
{
	AUTO_BUF struct buf regime = {0}, holder = {0};

	for (int i = 0; i < n; i++)
		w->wide = MAX(w->wide, name_width(&pending[i]));
	if (w->view.busy && holders_text(d, &holder))
		w->holder = buf_steal(&holder);
	said_last(d, w, out);
	say_regime(w, &regime);
	buf_addf(&w->text, W_WHY_REGIME, regime.data);
	buf_adds(&w->text, "\n");
	say_list(w, pending, n, true);
	say_list(w, pending, n, false);
	if (w->holder) {
		buf_addf(&w->text, W_WHY_HELD, w->holder);
		buf_adds(&w->text, "\n");
	}
	say_dnd(d, w);
}

json_t *
status_why(struct daemon *d)
{
	struct engine_pending pending[PENDING_MAX];
	json_t *out = json_object(), *list = json_array();
	struct why w = {0};
	int n = engine_pending(ledger_engine(d), pending, PENDING_MAX);

	ledger_view(d, &w.view);
	say_all(d, &w, out, pending, n);
	for (int i = 0; i < n; i++)
		json_array_append_new(list, pending_json(&w, &pending[i]));
	json_object_set_new(out, "regime",
		json_string(engine_regime_name(w.view.regime)));
	json_object_set_new(out, "pending", list);
	json_object_set_new(out, "held", holders_json(d));
	json_object_set_new(out, "text", json_string(w.text.data));
	buf_free(&w.text);
	free(w.holder);
	return out;
}
