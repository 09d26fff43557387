/* SPDX-License-Identifier: MIT */
/*
 * Shown where people are: in every attached editor and on the desktop; with
 * no desktop also in the terminal the daemon was started from.  Never nowhere.
 */
#include "daemon/board.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"
#include "daemon/answer.h"
#include "daemon/daemon.h"
#include "daemon/desktop.h"
#include "daemon/digest.h"
#include "daemon/ledger.h"
#include "daemon/morning.h"
#include "daemon/onnotice.h"
#include "daemon/orders.h"
#include "daemon/server.h"
#include "daemon/summary.h"
#include "engine/names.h"
#include "store/store.h"
#include "words/words.h"

/* The store keeps the number of the last notice that was taken down. */
#define SEEN "seen"

struct board {
	int64_t n; /* 0: nothing is up */
	struct engine_effect effect;
	json_t *repositories; /* for the end-of-day summary, or NULL */
	char *also;	      /* titles of others of the same instant */
};

/* What can be answered, by kind: the commands of the client, as buttons. */
static const struct {
	const char *key, *label;
} actions[NOTICE_KINDS][2] = {
	[NOTICE_MERGE] = {{"merge", W_BUTTON_MERGE}, {"plus", W_BUTTON_PLUS}},
	[NOTICE_LATE] = {{"merge", W_BUTTON_MERGE}, {"plus", W_BUTTON_PLUS}},
	[NOTICE_STRETCH] = {{"snooze", W_BUTTON_SNOOZE}},
	[NOTICE_OFF] = {{"carry", W_BUTTON_CARRY}},
	[NOTICE_PROTECT] = {{"carry", W_BUTTON_CARRY}},
	[NOTICE_MORNING] = {{"morning", W_BUTTON_READ}},
};

struct board *
board_new(void)
{
	return xcalloc(1, sizeof(struct board));
}

static void
clear(struct board *b)
{
	json_decref(b->repositories);
	free(b->also);
	*b = (struct board){0};
}

struct board *
board_free(struct board *b)
{
	if (b)
		clear(b);
	free(b);
	return NULL;
}

bool
board_holds(struct daemon *d, const struct engine_effect *effect)
{
	struct engine_view view;
	bool same_day;

	ledger_view(d, &view);
	same_day = view.day == effect->day;
	switch (effect->notice.notice) {
	case NOTICE_WARN: /* of an end that was moved since it is not */
		return same_day && view.regime == REGIME_NORMAL &&
		       (view.limit != RULES_NONE ||
			       view.effective_end - effect->at <=
				       effect->notice.about);
	case NOTICE_MERGE:
		return same_day && view.regime == REGIME_OVER && !view.closed;
	case NOTICE_LATE: /* to carry on is an answer, and so is a snooze */
		return same_day && view.regime == REGIME_OVER &&
		       !view.closed && view.carry_until == RULES_NONE;
	case NOTICE_STRETCH:
		return view.stretch_start == effect->notice.about &&
		       view.snooze_until == RULES_NONE;
	case NOTICE_OFF:
		return same_day && view.regime == REGIME_OFF;
	case NOTICE_PROTECT:
		return view.regime == REGIME_PROTECTED &&
		       view.carry_until == RULES_NONE;
	case NOTICE_PROTECT_WARN:
		return view.now < effect->notice.about;
	case NOTICE_MORNING:
		return same_day;
	case NOTICE_KINDS:
		break;
	}
	return false;
}

/* What would be refused is not offered. */
static json_t *
action_list(struct daemon *d, enum engine_notice kind)
{
	json_t *list = json_array();
	struct engine_view view;

	ledger_view(d, &view);
	for (size_t i = 0; i < ARRAY_SIZE(actions[kind]); i++) {
		const char *key = actions[kind][i].key;

		if (key && (view.extensions_left > 0 || !streq(key, "plus")))
			json_array_append_new(list,
				json_pack("[ss]", key,
					_(actions[kind][i].label)));
	}
	return list;
}

/* Level 3 is critical, and a dialog in an editor, only for who asked to be
 * insisted on. */
static bool
insisted(struct daemon *d)
{
	return d->board->effect.notice.level >= 3 && d->config->insist;
}

static json_t *
message(struct daemon *d)
{
	struct board *b = d->board;
	AUTO_BUF struct buf title = {0}, body = {0};
	char day[CIVIL_TEXT];

	summary_title(d, &b->effect, &title);
	summary_body(d, &b->effect, b->repositories, &body);
	if (b->also) /* NOLINTNEXTLINE(*-unix.Malloc): clear() leaves NULL */
		buf_addf(&body, "%s%s", body.len ? "\n" : "", b->also);
	text_oneline(title.data);
	buf_adds(&body, "");
	text_plain(body.data);
	return json_pack("{ss sI si ss ss ss so so*}", "notice",
		engine_notice_name(b->effect.notice.notice), "n",
		(json_int_t)b->n, "level", b->effect.notice.level, "day",
		civil_date_text(b->effect.day, day), "title", title.data,
		"body", body.data, "actions",
		action_list(d, b->effect.notice.notice), "insist",
		insisted(d) ? json_true() : NULL);
}

/* With no desktop, the terminal the daemon was started from. It cannot be
 * updated in place: what is known later follows as a line of its own. */
static void
tell_terminal(struct daemon *d, const char *title, const char *body)
{
	AUTO_BUF struct buf out = {0};

	if (!d->options.foreground ||
		(d->config->desktop && desktop_available(d->desktop)))
		return;
	if (title)
		buf_addf(&out, "\n%s\n", title);
	if (*body)
		buf_addf(&out, "%s\n", body);
	if (write(STDERR_FILENO, out.data, out.len) < 0)
		return; /* the terminal is gone */
}

static const char *
text_of(const json_t *message, const char *key)
{
	return json_string_value(json_object_get(message, key));
}

static void
show(struct daemon *d, int64_t replaces)
{
	struct board *b = d->board;
	json_t *shown = message(d), *order;

	if (d->config->editor)
		server_push(d->server, json_incref(shown));
	if (d->config->desktop) {
		order = json_copy(shown);
		json_object_set_new(order, "show", json_integer(b->n));
		json_object_set_new(order, "urgency", json_string(
				insisted(d) ? "critical" : "normal"));
		json_object_set_new(order, "transient",
			json_boolean(b->effect.notice.level == 0));
		json_object_set_new(order, "sound",
			json_boolean(d->config->sound));
		if (replaces)
			json_object_set_new(order, "replaces",
				json_integer(replaces));
		desktop_show(d->desktop, b->n, order);
	}
	json_decref(shown);
}

static void
take_down(struct daemon *d, bool on_desktop)
{
	struct board *b = d->board;
	int64_t n = b->n;
	char seen[32];

	if (!n)
		return;
	clear(b);
	server_push(d->server, json_pack("{sI}", "gone", (json_int_t)n));
	if (!on_desktop)
		return; /* another takes its place */
	snprintf(seen, sizeof seen, "%lld", (long long)n);
	store_meta_set(d->store, SEEN, seen);
	desktop_close(d->desktop, n);
}

static void
on_digest(struct daemon *d, json_t *repositories, void *data UNUSED)
{
	board_summary(d, repositories);
}

/* Several of one instant become one: the first in order stays up and the
 * others are a line in it. */
static bool
same_instant(struct daemon *d, const struct engine_effect *effect)
{
	struct board *b = d->board;
	AUTO_BUF struct buf line = {0};

	if (!b->n || b->effect.at != effect->at || !board_holds(d, &b->effect))
		return false;
	summary_title(d, effect, &line);
	if (b->also) {
		buf_addf(&line, "\n%s", b->also);
		free(b->also);
	}
	b->also = buf_steal(&line);
	return true;
}

static void
put_up(struct daemon *d, const struct engine_effect *effect, int64_t n,
	int64_t replaces)
{
	d->board->n = n;
	d->board->effect = *effect;
	show(d, replaces);
	if (effect->notice.notice == NOTICE_MERGE)
		digest_day(d, effect->day, on_digest, NULL);
}

void
board_give(struct daemon *d, const struct engine_effect *effect, int64_t n)
{
	struct board *b = d->board;
	int64_t replaces = b->n;
	AUTO_BUF struct buf title = {0};
	json_t *told;

	onnotice_run(d, effect);
	if (same_instant(d, effect)) {
		show(d, 0);
		summary_title(d, effect, &title);
		text_oneline(title.data);
		tell_terminal(d, title.data, "");
		return;
	}
	if (replaces)
		take_down(d, false);
	put_up(d, effect, n, replaces);
	told = message(d);
	tell_terminal(d, text_of(told, "title"), text_of(told, "body"));
	json_decref(told);
	if (effect->notice.notice == NOTICE_MORNING)
		morning_open(d);
}

/* What goes by itself has gone. */
static void
restore_one(void *data, const struct store_notice *notice)
{
	struct daemon *d = data;
	AUTO_FREE char *seen = store_meta(d->store, SEEN);
	struct engine_effect effect = {.kind = EFFECT_NOTICE, .at = notice->at};
	struct engine_view view;

	ledger_view(d, &view);
	effect.day = view.day;
	effect.notice.level = notice->level;
	effect.notice.about = notice->about;
	if (notice->level == 0 || notice->at < view.open ||
		(seen && notice->n <= strtoll(seen, NULL, 10)) ||
		!engine_notice_kind(notice->notice, &effect.notice.notice) ||
		!board_holds(d, &effect))
		return;
	if (same_instant(d, &effect))
		show(d, 0);
	else
		put_up(d, &effect, notice->n, 0);
}

void
board_restore(struct daemon *d)
{
	if (!d->board->n)
		store_newest_notices(d->store, restore_one, d);
	if (!d->board->n)
		desktop_clear(d->desktop);
}

void
board_summary(struct daemon *d, json_t *repositories)
{
	struct board *b = d->board;
	AUTO_BUF struct buf open = {0};

	if (!b->n || b->effect.notice.notice != NOTICE_MERGE ||
		b->repositories || json_array_size(repositories) == 0)
		return;
	b->repositories = json_incref(repositories);
	show(d, 0); /* the same number: updated in place */
	summary_open(repositories, &open);
	text_plain(open.data);
	tell_terminal(d, NULL, open.data);
}

void
board_check(struct daemon *d)
{
	if (d->board->n && !board_holds(d, &d->board->effect))
		take_down(d, true);
}

void
board_read(struct daemon *d, enum engine_notice kind)
{
	if (d->board->n && d->board->effect.notice.notice == kind)
		take_down(d, true);
}

json_t *
board_current(struct daemon *d)
{
	return d->board->n ? message(d) : NULL;
}

int64_t
board_number(struct daemon *d)
{
	return d->board->n;
}

/* What was logged stands in the terminal already. */
static void
tell(struct daemon *d, const char *title, const char *body, bool logged)
{
	AUTO_FREE char *plain = xstrdup(body);
	json_t *shown;

	text_plain(plain); /* it may quote a file */
	shown = json_pack("{ss sI si ss ss s[]}", "notice", "word", "n",
		(json_int_t)0, "level", 0, "title", title, "body", plain,
		"actions");
	server_push(d->server, json_incref(shown));
	if (d->config->desktop && desktop_available(d->desktop))
		desktop_tell(d->desktop, title, plain);
	else
		tell_terminal(d, title, logged ? "" : plain);
	json_decref(shown);
}

void
board_tell(struct daemon *d, const char *title, const char *body)
{
	tell(d, title, body, false);
}

void
board_tell_logged(struct daemon *d, const char *title, const char *body)
{
	tell(d, title, body, true);
}

/* "Merge" pressed: the note opens where the person is; with no editor
 * attached the day is merged and the file named. */
static json_t *
press_merge(struct daemon *d)
{
	struct peer *editor = server_editor(d->server);
	const char *where;
	json_t *answer;

	if (editor) {
		server_send(d->server, editor->serial,
			json_pack("{ss}", "edit", "merge"));
		return json_pack("{sb}", "ok", 1);
	}
	answer = orders_do(d, "merge", NULL);
	where = text_of(answer, "where");
	board_tell(d, where ? W_MERGED_TITLE : W_REFUSED_TITLE,
		where ?: text_of(answer, "refused")
			?: text_of(answer, "error") ?: "");
	return answer;
}

/* The note below its heading, when that is its date alone. */
static const char *
below_heading(const char *text, const char *day)
{
	size_t n = strlen(day), line;

	if (strncmp(text, day, n) != 0 || text[n] != '\n')
		return text;
	line = strspn(text + n + 1, "=");
	if (line == 0 || text[n + 1 + line] != '\n')
		return text;
	text += n + 1 + line;
	return text + strspn(text, "\n");
}

/* "Read" pressed: the note opens where the person is; with no editor attached
 * it is read on the desktop. */
static json_t *
press_morning(struct daemon *d)
{
	const char *day;
	json_t *note;

	if (server_editor(d->server)) {
		morning_open(d);
		return json_pack("{sb}", "ok", 1);
	}
	note = morning_json(d);
	morning_read(d);
	day = text_of(note, "day") ?: "";
	board_tell(d, day, below_heading(text_of(note, "text") ?: "", day));
	return note;
}

static json_t *
press_order(struct daemon *d, const char *order, const char *when)
{
	json_t *in = json_pack("{ss*}", "when", when);
	json_t *answer = orders_do(d, order, in);
	const char *why = json_string_value(json_object_get(answer, "refused"));

	if (why)
		board_tell(d, W_REFUSED_TITLE, why);
	json_decref(in);
	return answer;
}

json_t *
board_answer(struct daemon *d, int64_t n, const char *action)
{
	json_t *answer;

	if (n != d->board->n)
		return answer_refused(W_NOTICE_GONE);
	if (streq(action, "morning"))
		answer = press_morning(d);
	else if (streq(action, "merge"))
		answer = press_merge(d);
	else if (streq(action, "plus"))
		answer = press_order(d, "extend-now", "15m");
	else if (streq(action, "snooze"))
		answer = press_order(d, "snooze", "15m");
	else if (streq(action, "carry"))
		answer = press_order(d, "carry", NULL);
	else
		answer = json_pack("{sb}", "ok", 1); /* seen */
	if (d->board->n == n)
		take_down(d, true);
	return answer;
}
