/* SPDX-License-Identifier: MIT */
/*
 * What is up belongs to the daemon, not to the child that shows it: a child
 * that was started again (keeper.c) is told what is still up, and where on the
 * screen the one before it had that.
 */
#include "daemon/desktop.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "daemon/board.h"
#include "daemon/daemon.h"
#include "daemon/holders.h"
#include "daemon/keeper.h"
#include "daemon/ledger.h"
#include "daemon/quiet.h"
#include "store/store.h"
#include "words/words.h"

/* The store keeps where what is up is, for who comes after us. */
#define PLACE "place"

/* Numbers of sentences that are no notices; far from those of the store. */
#define WORDS_FROM (INT64_C(1) << 40)

struct desktop {
	struct daemon *d;
	struct keeper *keeper;
	char *server;
	char *trouble;
	json_t *up;   /* the order that shows what is up, or NULL */
	int64_t n;    /* its number */
	json_t *left; /* where a daemon before us had one, or NULL */
	bool failed;  /* n, with the server that is there */
	int64_t words;
};

static void
send_new(struct desktop *t, json_t *order)
{
	keeper_send(t->keeper, order);
	json_decref(order);
}

static void
send_up(struct desktop *t)
{
	t->failed = false;
	if (!t->up)
		return;
	keeper_send(t->keeper, t->up);
	if (t->server)
		keeper_expect(t->keeper);
}

/* --- what it says ------------------------------------------------------------ */

static void
record(struct desktop *t, const char *kind)
{
	struct happening h = {.kind = kind, .source = "desktop",
		.human = true};

	ledger_record(t->d, &h, NULL, NULL);
}

static void
on_server(struct desktop *t, const json_t *value, const json_t *line UNUSED)
{
	const char *name = json_string_value(value);

	free(t->server);
	t->server = name ? xstrdup(name) : NULL;
	if (!name) /* the child keeps what is up until a server comes */
		keeper_answered(t->keeper);
	if (name && t->failed)
		send_up(t);
	quiet_server(t->d, name != NULL);
}

static void
remember_place(struct desktop *t, const json_t *place)
{
	char *text = place ? json_dumps(place, JSON_COMPACT) : NULL;

	store_meta_set(t->d->store, PLACE, text);
	free(text);
}

static json_t *
recall_place(struct desktop *t)
{
	AUTO_FREE char *text = store_meta(t->d->store, PLACE);

	return text ? json_loads(text, 0, NULL) : NULL;
}

/* The server's own number for it, "place", outlives the child: the next one
 * takes the popup over instead of showing a second. */
static void
on_shown(struct desktop *t, const json_t *value, const json_t *line)
{
	json_t *place = json_object_get(line, "place");

	if (json_integer_value(value) != t->n)
		return;
	keeper_answered(t->keeper);
	if (t->up && json_is_array(place)) {
		json_object_set(t->up, "place", place);
		remember_place(t, place);
	}
}

static void
on_failed(struct desktop *t, const json_t *value, const json_t *line)
{
	const char *why = json_string_value(json_object_get(line, "why"));

	if (json_integer_value(value) != t->n)
		return;
	keeper_answered(t->keeper);
	t->failed = true;
	free(t->trouble);
	t->trouble = why ? xstrdup(why) : NULL;
	log_warn(W_DESKTOP_NOT_SHOWN, why ? why : "?");
}

static void
on_action(struct desktop *t, const json_t *value, const json_t *line)
{
	const char *key = json_string_value(json_object_get(line, "key"));

	if (key && !streq(key, "default"))
		json_decref(board_answer(t->d, json_integer_value(value), key));
}

static void
on_closed(struct desktop *t, const json_t *value, const json_t *line)
{
	/* 2: the person closed it, which is an answer as well */
	if (json_integer_value(json_object_get(line, "reason")) == 2)
		json_decref(board_answer(t->d, json_integer_value(value),
			"seen"));
}

static void
on_forgotten(struct desktop *t, const json_t *value, const json_t *line UNUSED)
{
	const json_t *n;
	size_t i;

	json_array_foreach(value, i, n)
		if (t->up && json_integer_value(n) == t->n) {
			json_object_del(t->up, "place");
			keeper_send(t->keeper, t->up);
			return;
		}
}

static void
on_lock(struct desktop *t, const json_t *value, const json_t *line UNUSED)
{
	record(t, json_is_true(value) ? "away" : "back");
}

static void
on_sleep(struct desktop *t, const json_t *value, const json_t *line UNUSED)
{
	record(t, json_is_true(value) ? "away" : "back");
	if (json_is_true(value))
		send_new(t, json_pack("{sb}", "sleep_ok", 1));
}

static void
on_busy(struct desktop *t, const json_t *value, const json_t *line)
{
	const char *by = json_string_value(json_object_get(line, "by"));

	holders_set(t->d, "desktop", by ? by : "", json_is_true(value), 0);
}

static void
on_dnd(struct desktop *t, const json_t *value, const json_t *line)
{
	const char *by = json_string_value(json_object_get(line, "by"));
	bool on = json_is_true(value);

	holders_dnd(t->d, on ? by : NULL);
	if (!json_is_true(json_object_get(line, "gone")))
		quiet_heard(t->d, on);
}

static void
on_dnd_set(struct desktop *t, const json_t *value UNUSED, const json_t *line)
{
	quiet_answer(t->d, line);
}

static void
on_bus(struct desktop *t, const json_t *value, const json_t *line)
{
	const char *why = json_string_value(json_object_get(line, "why"));

	if (json_is_true(value))
		return;
	keeper_rest(t->keeper);
	free(t->trouble);
	t->trouble = why ? xstrdup(why) : NULL;
}

static const struct {
	const char *key;
	void (*run)(struct desktop *t, const json_t *value,
		const json_t *line);
} words[] = {
	{"server", on_server},
	{"shown", on_shown},
	{"failed", on_failed},
	{"action", on_action},
	{"closed", on_closed},
	{"forgotten", on_forgotten},
	{"lock", on_lock},
	{"sleep", on_sleep},
	{"busy", on_busy},
	{"dnd", on_dnd},
	{"dnd_set", on_dnd_set},
	{"bus", on_bus},
};

static void
on_line(void *data, const char *text)
{
	json_t *line = json_loads(text, 0, NULL);

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		json_t *value = json_object_get(line, words[i].key);

		if (value) {
			words[i].run(data, value, line);
			break;
		}
	}
	json_decref(line);
}

/* --- its life ------------------------------------------------------------------ */

static void
on_end(void *data)
{
	struct desktop *t = data;

	free(t->server);
	t->server = NULL;
	holders_dnd(t->d, NULL);
	holders_forget(t->d, "desktop");
	quiet_server(t->d, false);
}

static void
send_watch(struct desktop *t)
{
	send_new(t, json_pack("{s{sb sb sb sb sb}}", "watch", "lock", 1,
		"sleep", 1, "dnd", 1, "fullscreen",
		t->d->config->hold_fullscreen, "call",
		t->d->config->hold_call));
}

static void
on_start(void *data)
{
	struct desktop *t = data;

	send_watch(t);
	send_up(t);
	if (t->up)
		keeper_expect(t->keeper);
}

struct desktop *
desktop_new(struct daemon *d)
{
	struct desktop *t = xcalloc(1, sizeof *t);
	struct keeper_calls calls = {on_start, on_line, on_end, t};

	t->d = d;
	t->words = WORDS_FROM;
	t->left = recall_place(t);
	t->keeper = keeper_new(&calls);
	keeper_start(t->keeper);
	return t;
}

struct desktop *
desktop_free(struct desktop *t)
{
	if (!t)
		return NULL;
	if (keeper_runs(t->keeper) && t->up)
		remember_place(t, NULL); /* it closes what is up */
	keeper_free(t->keeper);
	json_decref(t->up);
	json_decref(t->left);
	free(t->server);
	free(t->trouble);
	free(t);
	return NULL;
}

bool
desktop_available(const struct desktop *t)
{
	return t && t->server;
}

void
desktop_show(struct desktop *t, int64_t n, json_t *order)
{
	json_t *place = json_incref(json_object_get(t->up, "place"));

	json_decref(t->up);
	t->up = order;
	if (t->left)
		json_object_set_new(order, "place", t->left);
	t->left = NULL;
	/* Who answered nonsense may have it on the screen: another server gets
	 * what is new of it. */
	if (t->n != n || !t->failed) {
		t->n = n;
		send_up(t);
	}
	if (place) /* not said to this child, which knows */
		json_object_set_new(order, "place", place);
}

void
desktop_close(struct desktop *t, int64_t n)
{
	if (!t || !t->up || t->n != n)
		return;
	json_decref(t->up);
	t->up = NULL;
	remember_place(t, NULL);
	send_new(t, json_pack("{sI}", "close", (json_int_t)n));
}

void
desktop_clear(struct desktop *t)
{
	if (!t || !t->left)
		return;
	send_new(t, json_pack("{sI so}", "close", (json_int_t)0, "place",
		t->left));
	t->left = NULL;
	remember_place(t, NULL);
}

void
desktop_tell(struct desktop *t, const char *title, const char *body)
{
	send_new(t, json_pack("{sI ss si ss ss ss sb}", "show",
		(json_int_t)++t->words, "notice", "word", "level", 0, "title",
		title, "body", body, "urgency", "normal", "transient", 1));
}

void
desktop_dnd(struct desktop *t, bool on)
{
	send_new(t, json_pack("{sb}", "dnd", on));
}

void
desktop_reload(struct desktop *t)
{
	if (t)
		send_watch(t);
}

const char *
desktop_server(const struct desktop *t)
{
	return t ? t->server : NULL;
}

const char *
desktop_trouble(const struct desktop *t)
{
	return t ? t->trouble : NULL;
}
