/* SPDX-License-Identifier: MIT */
/*
 * The only file that knows libnotify.  The library is put up for the first
 * popup and taken down after the last one: while it is up it hears the
 * signals of the notification server, and most servers broadcast those, so
 * that every program's notice would wake us.
 */
#include "desktop/popup.h"

#include <errno.h>
#include <libnotify/notify.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"
#include "desktop/server.h"
#include "words/words.h"

/* Longer bodies hang a server that is in use (MATE). */
#define POPUP_BODY_CHARS 300
#define POPUP_LABEL_CHARS 12

struct popup {
	NotifyNotification *note;
	const struct popup_user *user;
	void *owner;
	uint32_t place; /* to be taken by the first show */
};

static int popup_count;
static guint popup_leaving; /* idle source, or 0 */

void
popup_content_free(struct popup_content *content)
{
	size_t i;

	free(content->title);
	free(content->body);
	for (i = 0; i < POPUP_ACTIONS; i++) {
		free(content->keys[i]);
		free(content->labels[i]);
	}
	*content = (struct popup_content){0};
}

/* The first n characters of valid UTF-8; "…" stands for what is cut off. Names
 * from right to left keep to themselves: servers know how to draw them. */
static char *
popup_cut(const char *s, long n)
{
	AUTO_BUF struct buf out = {0};
	AUTO_FREE char *cut = NULL;
	const char *end;

	if (g_utf8_strlen(s, -1) > n) {
		end = g_utf8_offset_to_pointer(s, n - 1);
		cut = xasprintf("%.*s…", (int)(end - s), s);
	}
	text_isolate(cut ? cut : s, &out);
	return buf_steal(&out);
}

char *
popup_body_text(const char *body, const struct server *server)
{
	AUTO_FREE char *plain = xstrdup(body);
	AUTO_FREE char *cut = NULL;
	g_autofree char *escaped = NULL;

	text_plain(plain);
	g_strchomp(plain); /* some servers draw the empty line */
	cut = popup_cut(plain, POPUP_BODY_CHARS);
	if (!server->markup)
		return steal_ptr(&cut);
	escaped = g_markup_escape_text(cut, -1);
	return xstrdup(escaped);
}

static char *
popup_line_text(const char *s, long chars)
{
	AUTO_FREE char *plain = xstrdup(s);

	text_oneline(plain);
	return popup_cut(plain, chars);
}

/* Taking the library down frees the very object that is telling us, so it
 * waits until nothing is going on. */
static gboolean
popup_leave(gpointer data UNUSED)
{
	popup_leaving = 0;
	if (!popup_count)
		notify_uninit();
	return G_SOURCE_REMOVE;
}

static void
popup_on_action(NotifyNotification *note UNUSED, char *key, gpointer data)
{
	struct popup *popup = data;

	popup->user->acted(popup->owner, key);
}

static void
popup_on_closed(NotifyNotification *note, gpointer data)
{
	struct popup *popup = data;
	int reason = notify_notification_get_closed_reason(note);

	popup->user->closed(popup->owner, reason >= 1 && reason <= 4
		? reason : NOTIFY_CLOSED_REASON_UNDEFIEND);
}

struct popup *
popup_new(const struct popup_user *user, uint32_t place)
{
	struct popup *popup = xcalloc(1, sizeof *popup);

	popup_count++;
	popup->user = user;
	popup->place = place;
	return popup;
}

void
popup_set_owner(struct popup *popup, void *owner)
{
	popup->owner = owner;
}

static void
popup_add_actions(struct popup *popup, const struct popup_content *content,
	const struct server *server)
{
	size_t i;

	notify_notification_clear_actions(popup->note);
	if (!server->actions)
		return;
	if (!server->default_is_button)
		notify_notification_add_action(popup->note, "default",
			W_DESKTOP_DEFAULT, popup_on_action, popup, NULL);
	for (i = 0; i < POPUP_ACTIONS && content->keys[i]; i++) {
		AUTO_FREE char *label = popup_line_text(
			content->labels[i], POPUP_LABEL_CHARS);

		notify_notification_add_action(popup->note, content->keys[i],
			label, popup_on_action, popup, NULL);
	}
}

static void
popup_add_hints(NotifyNotification *note, const struct popup_content *content,
	const struct server *server)
{
	static const NotifyUrgency urgency[] = {
		[POPUP_LOW] = NOTIFY_URGENCY_LOW,
		[POPUP_NORMAL] = NOTIFY_URGENCY_NORMAL,
		[POPUP_CRITICAL] = NOTIFY_URGENCY_CRITICAL,
	};

	notify_notification_clear_hints(note);
	notify_notification_set_urgency(note, urgency[content->urgency]);
	notify_notification_set_timeout(note, NOTIFY_EXPIRES_DEFAULT);
	notify_notification_set_category(note, "x-vesper.boundary");
	notify_notification_set_hint(
		note, "desktop-entry", g_variant_new_string("vesper"));
	if (server->tags)
		notify_notification_set_hint(note, "x-dunst-stack-tag",
			g_variant_new_string("vesper"));
	if (content->transient)
		notify_notification_set_hint(
			note, "transient", g_variant_new_boolean(TRUE));
	if (content->sound)
		notify_notification_set_hint(note, "sound-name",
			g_variant_new_string("message-new-instant"));
	else
		notify_notification_set_hint(
			note, "suppress-sound", g_variant_new_boolean(TRUE));
}

static void
popup_fill(struct popup *popup, const struct popup_content *content,
	const struct server *server)
{
	static const char icon[] = "appointment-soon";
	AUTO_FREE char *title = popup_line_text(content->title, 100);
	AUTO_FREE char *body = popup_body_text(content->body, server);

	notify_init("Vesper");
	if (popup->note) {
		notify_notification_update(popup->note, title, body, icon);
	} else {
		popup->note = notify_notification_new(title, body, icon);
		if (popup->place)
			g_object_set(popup->note, "id", (gint)popup->place,
				NULL);
		g_signal_connect(popup->note, "closed",
			G_CALLBACK(popup_on_closed), popup);
	}
	popup_add_actions(popup, content, server);
	popup_add_hints(popup->note, content, server);
}

static int
popup_why(const GError *error, struct err *err)
{
	g_autofree char *name = g_dbus_error_get_remote_error(error);

	if (name && g_str_has_suffix(name, ".ExcessNotificationGeneration"))
		return POPUP_TOO_SOON;
	if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
		g_error_matches(
			error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
		g_error_matches(
			error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
		return POPUP_NO_SERVER;
	return err_set(err, -EIO, "%s", error->message);
}

int
popup_show(struct popup *popup, const struct popup_content *content,
	const struct server *server, struct err *err)
{
	g_autoptr(GError) error = NULL;

	popup_fill(popup, content, server);
	if (notify_notification_show(popup->note, &error))
		return 0;
	return popup_why(error, err);
}

uint32_t
popup_id(const struct popup *popup)
{
	gint id = 0;

	if (popup->note)
		g_object_get(popup->note, "id", &id, NULL);
	return (uint32_t)id;
}

void
popup_free(struct popup *popup)
{
	if (!popup)
		return;
	if (popup->note) {
		g_signal_handlers_disconnect_by_data(popup->note, popup);
		notify_notification_clear_actions(popup->note);
		g_object_unref(popup->note);
	}
	free(popup);
	if (--popup_count == 0 && !popup_leaving)
		popup_leaving = g_idle_add(popup_leave, NULL);
}
