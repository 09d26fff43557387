/* SPDX-License-Identifier: MIT */
/*
 * What is wanted is kept here until it is up, so that a server that comes
 * late, or comes back, is given it.  What was up when a server left is not:
 * the daemon is told ("forgotten") and knows what still holds.
 *
 * Closing is asked for without libnotify, whose call would block.
 */
#include "desktop/notices.h"

#include <gio/gio.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "desktop/bus.h"
#include "desktop/popup.h"
#include "desktop/server.h"
#include "desktop/talk.h"
#include "words/words.h"

/* Plasma refuses two equal notices within a second. */
#define NOTICE_AGAIN_MS 1100

/* A server that goes away over a notice is given it this often. */
#define NOTICE_TRIES 3

/* Reasons of NotificationClosed. */
#define CLOSED_BY_ORDER 3

enum notice_state {
	NOTICE_WAITING, /* for a server; with a popup: to take its place */
	NOTICE_AGAIN,   /* refused once, for its timer */
	NOTICE_UP,
	NOTICE_CLOSING,
	NOTICE_LEFT, /* by who was here before us, to be closed */
};

struct notice {
	json_int_t id;
	enum notice_state state;
	struct popup_content content;
	struct popup *popup; /* or NULL */
	guint timer;
	char *place_owner; /* server that shows it already, or NULL, and */
	uint32_t place;    /* under which number */
	bool refused;
	int tries;
};

static void notice_acted(void *owner, const char *key);
static void notice_closed(void *owner, int reason);

static const struct popup_user notice_user = {notice_acted, notice_closed};

/* In the order in which they were asked for. */
static GQueue notices = G_QUEUE_INIT;
static GDBusConnection *notices_bus;

static struct notice *
notice_find(json_int_t id)
{
	GList *at;

	for (at = notices.head; at; at = at->next) {
		struct notice *notice = at->data;

		if (notice->id == id && notice->state != NOTICE_LEFT)
			return notice;
	}
	return NULL;
}

static void
notice_stop_timer(struct notice *notice)
{
	if (notice->timer)
		g_source_remove(notice->timer);
	notice->timer = 0;
}

static void
notice_remove(struct notice *notice)
{
	g_queue_remove(&notices, notice);
	notice_stop_timer(notice);
	popup_free(notice->popup);
	popup_content_free(&notice->content);
	free(notice->place_owner);
	free(notice);
}

static void
notice_end(struct notice *notice, int reason)
{
	talk_say("{s:I,s:i}", "closed", notice->id, "reason", reason);
	notice_remove(notice);
}

static void
notice_closed(void *owner, int reason)
{
	struct notice *notice = owner;

	if (notice->state == NOTICE_UP || notice->state == NOTICE_CLOSING) {
		notice_end(notice, reason);
		return;
	}
	/* its predecessor went by itself: there is no place to take */
	popup_free(notice->popup);
	notice->popup = NULL;
}

static void
notice_call_close(
	uint32_t id, GAsyncReadyCallback done, const struct notice *notice)
{
	json_int_t *data =
		notice ? g_memdup2(&notice->id, sizeof notice->id) : NULL;

	g_dbus_connection_call(notices_bus, SERVER_NAME, SERVER_PATH,
		SERVER_NAME, "CloseNotification", g_variant_new("(u)", id),
		NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, BUS_LIMIT_MS, NULL,
		done, data);
}

/* Not every server tells of a notice that was closed by order. */
static void
notice_on_close_reply(GObject *bus, GAsyncResult *result, gpointer data)
{
	g_autofree json_int_t *id = data;
	g_autoptr(GVariant) reply = g_dbus_connection_call_finish(
		G_DBUS_CONNECTION(bus), result, NULL);
	struct notice *notice = notice_find(*id);

	(void)reply; /* an error means that it was gone: the same to us */
	if (notice && notice->state == NOTICE_CLOSING)
		notice_end(notice, CLOSED_BY_ORDER);
}

/* One answer a notice: not every server takes an answered one away. */
static void
notice_acted(void *owner, const char *key)
{
	struct notice *notice = owner;

	if (notice->state != NOTICE_UP)
		return;
	talk_say("{s:I,s:s}", "action", notice->id, "key", key);
	notice->state = NOTICE_CLOSING;
	notice_call_close(
		popup_id(notice->popup), notice_on_close_reply, notice);
}

/* The "place" that was said with "shown", by us or by who was here before. */
static void
notice_read_place(struct notice *notice, json_t *place)
{
	const char *owner = json_string_value(json_array_get(place, 0));
	json_int_t id = json_integer_value(json_array_get(place, 1));

	if (!owner || id <= 0 || id > INT32_MAX)
		return;
	notice->place_owner = xstrdup(owner);
	notice->place = (uint32_t)id;
}

/* The server's number for what it shows of this notice since before our time,
 * or 0. It is asked for once. */
static uint32_t
notice_take_place(struct notice *notice, const struct server *server)
{
	bool there = notice->place_owner &&
		streq(notice->place_owner, server->owner);
	uint32_t place = there ? notice->place : 0;

	notice->place = 0;
	return place;
}

static void
notice_move_place(struct notice *from, struct notice *to)
{
	free(to->place_owner);
	to->place_owner = steal_ptr(&from->place_owner);
	to->place = from->place;
	from->place = 0;
}

static struct notice *
notice_add_left(void)
{
	struct notice *left = xcalloc(1, sizeof *left);

	left->state = NOTICE_LEFT;
	g_queue_push_tail(&notices, left);
	return left;
}

static void
notice_close_left(struct notice *left, const struct server *server)
{
	uint32_t place = notice_take_place(left, server);

	if (place)
		notice_call_close(place, NULL, NULL);
	notice_remove(left);
}

void
notices_close(json_t *line)
{
	struct notice *notice = notice_find(
		json_integer_value(json_object_get(line, "close")));
	uint32_t id;

	if (!notice && json_object_get(line, "place"))
		notice_read_place(notice_add_left(),
			json_object_get(line, "place"));
	if (!notice || notice->state == NOTICE_CLOSING)
		return;
	id = notice->popup ? popup_id(notice->popup) : 0;
	if (!id) {
		if (notice->place) /* not taken over yet */
			notice_move_place(notice, notice_add_left());
		notice_end(notice, CLOSED_BY_ORDER);
		return;
	}
	notice_stop_timer(notice);
	notice->state = NOTICE_CLOSING;
	notice_call_close(id, notice_on_close_reply, notice);
}

static gboolean
notice_again(gpointer data)
{
	struct notice *notice = data;

	notice->timer = 0;
	notice->state = NOTICE_WAITING;
	server_ask();
	return G_SOURCE_REMOVE;
}

static void
notice_fail(struct notice *notice, const char *why)
{
	uint32_t id = popup_id(notice->popup);

	if (id) /* what it was to replace no longer holds */
		notice_call_close(id, NULL, NULL);
	talk_say("{s:I,s:s}", "failed", notice->id, "why", why);
	notice_remove(notice);
}

/* Where an update would take the buttons away, what is up is closed and the
 * notice shown as a new one. */
static void
notice_ready_popup(struct notice *notice, const struct server *server)
{
	uint32_t id = notice->popup ? popup_id(notice->popup)
				    : notice_take_place(notice, server);

	if (id && server->loses_buttons) {
		notice_call_close(id, NULL, NULL);
		popup_free(notice->popup);
		notice->popup = NULL;
		id = 0;
	}
	if (!notice->popup)
		notice->popup = popup_new(&notice_user, id);
	popup_set_owner(notice->popup, notice);
}

static void
notice_is_up(struct notice *notice, const struct server *server)
{
	notice->state = NOTICE_UP;
	talk_say("{s:I,s:[s,I]}", "shown", notice->id, "place", server->owner,
		(json_int_t)popup_id(notice->popup));
}

static void
notice_put_up(struct notice *notice, const struct server *server)
{
	struct err err = {""};
	int r;

	notice_ready_popup(notice, server);
	r = popup_show(notice->popup, &notice->content, server, &err);
	if (r == 0) {
		notice_is_up(notice, server);
	} else if (r == POPUP_TOO_SOON && !notice->refused) {
		notice->refused = true;
		notice->state = NOTICE_AGAIN;
		notice->timer = g_timeout_add(
			NOTICE_AGAIN_MS, notice_again, notice);
	} else if (r != POPUP_NO_SERVER || ++notice->tries == NOTICE_TRIES) {
		notice_fail(notice, r < 0 ? err.text
			: r == POPUP_TOO_SOON ? W_DESKTOP_REFUSED
			: W_DESKTOP_LEAVES);
	}
}

void
notices_ready(const struct server *server)
{
	GList *at, *next;

	for (at = notices.head; at; at = next) {
		struct notice *notice = at->data;

		next = at->next;
		if (notice->state == NOTICE_WAITING)
			notice_put_up(notice, server);
		else if (notice->state == NOTICE_LEFT)
			notice_close_left(notice, server);
	}
}

/* Takes the popup from a notice that is up, for the one that replaces it. */
static struct popup *
notice_hand_over(struct notice *old)
{
	struct popup *popup = old->popup;

	if (old->state == NOTICE_CLOSING) {
		notice_end(old, CLOSED_BY_ORDER);
		return NULL; /* its popup is as good as gone */
	}
	old->popup = NULL;
	notice_remove(old);
	return popup;
}

static char *
notice_string(json_t *line, const char *key)
{
	const char *s = json_string_value(json_object_get(line, key));

	return xstrdup(s ? s : "");
}

static enum popup_urgency
notice_urgency(json_t *line)
{
	AUTO_FREE char *name = notice_string(line, "urgency");

	return streq(name, "critical") ? POPUP_CRITICAL
		: streq(name, "low") ? POPUP_LOW : POPUP_NORMAL;
}

static void
notice_read_actions(struct popup_content *content, json_t *list)
{
	size_t i, n = 0;
	json_t *pair;

	json_array_foreach(list, i, pair) {
		const char *key = json_string_value(json_array_get(pair, 0));
		const char *label = json_string_value(json_array_get(pair, 1));

		if (n == POPUP_ACTIONS)
			return;
		if (!key || !*key || !label || !*label)
			continue;
		content->keys[n] = xstrdup(key);
		content->labels[n++] = xstrdup(label);
	}
}

static void
notice_read(struct popup_content *content, json_t *line)
{
	content->title = notice_string(line, "title");
	content->body = notice_string(line, "body");
	content->urgency = notice_urgency(line);
	content->transient = json_is_true(json_object_get(line, "transient"));
	content->sound = json_is_true(json_object_get(line, "sound"));
	notice_read_actions(content, json_object_get(line, "actions"));
	if (!*content->title) {
		free(content->title);
		content->title = xstrdup("Vesper");
	}
}

void
notices_show(json_t *line)
{
	json_t *id = json_object_get(line, "show");
	json_t *replaces = json_object_get(line, "replaces");
	struct notice *notice, *old;

	if (!json_is_integer(id)) {
		talk_say("{s:s}", "error", "show: not a number");
		return;
	}
	old = notice_find(json_integer_value(id));
	if (!old && json_is_integer(replaces))
		old = notice_find(json_integer_value(replaces));
	notice = xcalloc(1, sizeof *notice);
	notice->id = json_integer_value(id);
	notice_read(&notice->content, line);
	notice_read_place(notice, json_object_get(line, "place"));
	if (old && old->place)
		notice_move_place(old, notice);
	if (old)
		notice->popup = notice_hand_over(old);
	if (notice->popup)
		popup_set_owner(notice->popup, notice);
	g_queue_push_tail(&notices, notice);
	server_ask();
}

void
notices_lost(void)
{
	json_t *forgotten = json_array();
	GList *at, *next;

	for (at = notices.head; at; at = next) {
		struct notice *notice = at->data;

		next = at->next;
		popup_free(notice->popup);
		notice->popup = NULL;
		if (notice->state == NOTICE_CLOSING) {
			notice_end(notice, CLOSED_BY_ORDER);
		} else if (notice->state == NOTICE_UP) {
			json_array_append_new(
				forgotten, json_integer(notice->id));
			notice_remove(notice);
		}
	}
	if (json_array_size(forgotten))
		talk_say("{s:O}", "forgotten", forgotten);
	json_decref(forgotten);
}

void
notices_set_bus(GDBusConnection *bus)
{
	notices_bus = bus;
}

void
notices_end(void)
{
	GList *at;

	for (at = notices.head; at; at = at->next) {
		struct notice *notice = at->data;
		uint32_t id = notice->popup ? popup_id(notice->popup) : 0;

		if (id)
			notice_call_close(id, NULL, NULL);
	}
}
