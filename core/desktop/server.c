/* SPDX-License-Identifier: MIT */
/*
 * libnotify's calls block, and a notice sent to a hung server is shown
 * whenever that wakes up, perhaps after we were replaced and it was shown a
 * second time.  So the server is asked who it is before each notice, without
 * blocking, and only one that answers is given any.  The question stays open
 * for as long as the server is silent: its answer is the news that it is
 * back, and no timer needs to look.
 */
#include "desktop/server.h"

#include <gio/gio.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "desktop/bus.h"
#include "desktop/talk.h"
#include "words/words.h"

/* Servers that draw the action "default" as a button of its own. */
static const char *const server_draws_default[] = {
	"Xfce Notify Daemon",
	"lxqt-notificationd",
};

/* GNOME Shell 43 empties a banner it updates and puts its buttons back before
 * it has read them. */
static const char server_loses_buttons[] = "gnome-shell";

static struct {
	GDBusConnection *bus;
	const struct server_user *user;
	struct server now;
	GCancellable *asking; /* an open question, or NULL */
	guint limit;          /* its timer, or 0 */
	bool looked; /* whether the name has an owner is known */
	bool wanted; /* asked for before that */
	bool owned;
	bool starting;
	bool met; /* the daemon was told of this owner */
} srv;

static void
server_stop_limit(void)
{
	if (srv.limit)
		g_source_remove(srv.limit);
	srv.limit = 0;
}

/* Forgets the open question; its answer, if it comes, is not heard. */
static void
server_drop_question(void)
{
	server_stop_limit();
	if (srv.asking)
		g_cancellable_cancel(srv.asking);
	g_clear_object(&srv.asking);
}

static void
server_forget(void)
{
	server_drop_question();
	free(srv.now.name);
	free(srv.now.version);
	free(srv.now.owner);
	srv.now = (struct server){0};
	srv.met = false;
}

static void
server_say_none(const char *why)
{
	talk_say("{s:n,s:s*}", "server", "why", why);
}

static gboolean
server_is_silent(gpointer data UNUSED)
{
	srv.limit = 0;
	srv.met = false;
	server_say_none(W_DESKTOP_SERVER_SILENT);
	return G_SOURCE_REMOVE;
}

static void
server_failed(const GError *error)
{
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* dropped: srv is about another question by now */
	server_drop_question();
	srv.met = false;
	server_say_none(error->message);
}

static void
server_answered(void)
{
	server_stop_limit();
	g_clear_object(&srv.asking);
	srv.user->ready(&srv.now);
}

static void
server_call(const char *method, const char *type, GAsyncReadyCallback done)
{
	g_dbus_connection_call(srv.bus, SERVER_NAME, SERVER_PATH, SERVER_NAME,
		method, NULL, G_VARIANT_TYPE(type),
		G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT, srv.asking, done,
		NULL);
}

static void
server_meet(const char *const *capabilities)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; capabilities[i]; i++)
		json_array_append_new(list, json_string(capabilities[i]));
	srv.now.actions = g_strv_contains(capabilities, "actions");
	srv.now.markup = g_strv_contains(capabilities, "body-markup");
	srv.met = true;
	talk_say("{s:s,s:s,s:o}", "server", srv.now.name, "version",
		srv.now.version, "capabilities", list);
}

static void
server_on_capabilities(
	GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply = g_dbus_connection_call_finish(
		G_DBUS_CONNECTION(bus), result, &error);
	g_autoptr(GVariant) list = NULL;
	g_autofree const char **capabilities = NULL;

	if (!reply) {
		server_failed(error);
		return;
	}
	list = g_variant_get_child_value(reply, 0);
	capabilities = g_variant_get_strv(list, NULL);
	server_meet(capabilities);
	server_answered();
}

static void
server_keep_info(GVariant *reply)
{
	const char *name, *version;
	size_t i;

	g_variant_get(reply, "(&s&s&s&s)", &name, NULL, &version, NULL);
	free(srv.now.name);
	free(srv.now.version);
	srv.now.name = xstrdup(name);
	srv.now.version = xstrdup(version);
	/* With a tag, one shows the other away even when we were killed in
	 * between and nobody knows its number.  mako says it knows tags, but
	 * 1.7 ends over a tag on a notice that replaces another. */
	srv.now.tags = streq(name, "dunst");
	srv.now.loses_buttons = streq(name, server_loses_buttons);
	srv.now.default_is_button = false;
	for (i = 0; i < ARRAY_SIZE(server_draws_default); i++)
		if (streq(name, server_draws_default[i]))
			srv.now.default_is_button = true;
}

static void
server_on_info(GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply = g_dbus_connection_call_finish(
		G_DBUS_CONNECTION(bus), result, &error);

	if (!reply) {
		server_failed(error);
		return;
	}
	server_keep_info(reply);
	if (srv.met)
		server_answered();
	else
		server_call("GetCapabilities", "(as)", server_on_capabilities);
}

static void
server_question(void)
{
	if (srv.asking)
		return; /* its answer serves us too */
	srv.asking = g_cancellable_new();
	srv.limit = g_timeout_add(BUS_LIMIT_MS, server_is_silent, NULL);
	server_call("GetServerInformation", "(ssss)", server_on_info);
}

static void
server_on_started(GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply = g_dbus_connection_call_finish(
		G_DBUS_CONNECTION(bus), result, &error);

	srv.starting = false;
	if (!reply && !srv.owned)
		server_say_none(error->message);
}

/* Succeeding shows by the name getting an owner, now or later. */
static void
server_launch(void)
{
	if (srv.starting)
		return;
	srv.starting = true;
	g_dbus_connection_call(srv.bus, "org.freedesktop.DBus",
		"/org/freedesktop/DBus", "org.freedesktop.DBus",
		"StartServiceByName", g_variant_new("(su)", SERVER_NAME, 0),
		G_VARIANT_TYPE("(u)"), G_DBUS_CALL_FLAGS_NONE, BUS_LIMIT_MS,
		NULL, server_on_started, NULL);
}

static void
server_appeared(GDBusConnection *bus UNUSED, const gchar *name UNUSED,
	const gchar *owner, gpointer data UNUSED)
{
	server_forget();
	srv.now.owner = xasprintf("%s %s", g_dbus_connection_get_guid(srv.bus),
		owner);
	srv.owned = srv.looked = true;
	srv.user->lost();
	server_question();
}

static void
server_vanished(GDBusConnection *bus, const gchar *name UNUSED,
	gpointer data UNUSED)
{
	server_forget();
	srv.owned = false;
	if (!bus)
		return; /* the bus itself went: somebody else says so */
	server_say_none(NULL);
	srv.user->lost();
	/* Only the first time: one that dies of our notice is not revived. */
	if (!srv.looked && srv.wanted)
		server_launch();
	srv.looked = true;
}

void
server_start(GDBusConnection *bus, const struct server_user *user)
{
	srv.bus = bus;
	srv.user = user;
	g_bus_watch_name_on_connection(bus, SERVER_NAME,
		G_BUS_NAME_WATCHER_FLAGS_NONE, server_appeared,
		server_vanished, NULL, NULL);
}

void
server_ask(void)
{
	if (!srv.looked)
		srv.wanted = true;
	else if (srv.owned)
		server_question();
	else
		server_launch();
}
