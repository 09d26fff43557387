/* SPDX-License-Identifier: MIT */
/*
 * Lock and Unlock are requests, which a desktop that locks by itself never
 * sees, and LockedHint is a courtesy that not every desktop pays: both are
 * heard.  A second Lock is said again even if no Unlock came between, for
 * somebody may have come back unnoticed.
 *
 * Our session is the one we run in; a user service runs in none, and then it
 * is the one logind calls the user's display.  It is looked up anew whenever
 * a session comes or goes.
 */
#include "desktop/logind.h"

#include <gio/gio.h>
#include <gio/gunixfdlist.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/util.h"
#include "desktop/bus.h"
#include "desktop/talk.h"
#include "words/words.h"

#define LOGIN1 "org.freedesktop.login1"
#define MANAGER_PATH "/org/freedesktop/login1"
#define MANAGER LOGIN1 ".Manager"
#define SESSION LOGIN1 ".Session"
#define PROPERTIES "org.freedesktop.DBus.Properties"

enum { HEAR_SESSIONS, HEAR_SLEEP, HEAR_SESSION, HEAR_HINT, HEARD };

static struct {
	GDBusConnection *bus;
	bool connecting;
	int met; /* as last said: 1 there, -1 not there, 0 nothing yet */
	bool want_lock, want_sleep;
	guint heard[HEARD]; /* subscriptions, 0 for none */
	char *session;      /* its object path, or NULL */
	bool locked;
	int inhibitor;      /* descriptor that delays sleep, or -1 */
	bool asleep;        /* between the two PrepareForSleep */
} logind = {.inhibitor = -1};

static void
logind_call(const char *path, const char *interface, const char *method,
	GVariant *args, GAsyncReadyCallback done)
{
	g_dbus_connection_call(logind.bus, LOGIN1, path, interface, method,
		args, NULL, G_DBUS_CALL_FLAGS_NONE, BUS_LIMIT_MS, NULL, done,
		NULL);
}

/* Says, when that is news, whether logind is there: it is when it answered,
 * be it with an error of its own. */
static void
logind_meet(const GError *error)
{
	g_autofree char *name =
		error ? g_dbus_error_get_remote_error(error) : NULL;
	bool there = !error || (name && g_str_has_prefix(name, LOGIN1));

	if (logind.met == (there ? 1 : -1))
		return;
	logind.met = there ? 1 : -1;
	talk_say("{s:b,s:s*}", "logind", there, "why",
		there ? NULL : error->message);
}

/* The reply when it has that type, else NULL. */
static GVariant *
logind_reply(GObject *bus, GAsyncResult *result, const char *type)
{
	g_autoptr(GError) error = NULL;
	GVariant *reply = g_dbus_connection_call_finish(
		G_DBUS_CONNECTION(bus), result, &error);

	logind_meet(error);
	if (reply && !g_variant_is_of_type(reply, G_VARIANT_TYPE(type)))
		g_clear_pointer(&reply, g_variant_unref);
	return reply;
}

static void
logind_hear(int what, const char *path, const char *interface,
	const char *signal, GDBusSignalCallback told)
{
	bool property = streq(interface, PROPERTIES);

	logind.heard[what] = g_dbus_connection_signal_subscribe(logind.bus,
		LOGIN1, interface, signal, path, property ? SESSION : NULL,
		G_DBUS_SIGNAL_FLAGS_NONE, told, NULL, NULL);
}

static void
logind_deafen(int what)
{
	if (logind.heard[what])
		g_dbus_connection_signal_unsubscribe(
			logind.bus, logind.heard[what]);
	logind.heard[what] = 0;
}

/* --- sleep ---------------------------------------------------------------- */

void
logind_let_sleep(void)
{
	if (logind.inhibitor >= 0)
		close(logind.inhibitor);
	logind.inhibitor = -1;
}

static void
logind_on_inhibited(GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GUnixFDList) fds = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_with_unix_fd_list_finish(
			G_DBUS_CONNECTION(bus), &fds, result, &error);

	logind_meet(error);
	if (!reply || !fds || g_unix_fd_list_get_length(fds) < 1)
		return; /* then sleep does not wait for us */
	logind_let_sleep();
	logind.inhibitor = g_unix_fd_list_get(fds, 0, NULL);
	if (logind.asleep || !logind.want_sleep)
		logind_let_sleep(); /* came too late */
}

static void
logind_inhibit(void)
{
	g_dbus_connection_call_with_unix_fd_list(logind.bus, LOGIN1,
		MANAGER_PATH, MANAGER, "Inhibit",
		g_variant_new("(ssss)", "sleep", "Vesper", W_DESKTOP_SLEEP,
			"delay"),
		G_VARIANT_TYPE("(h)"), G_DBUS_CALL_FLAGS_NONE, BUS_LIMIT_MS,
		NULL, NULL, logind_on_inhibited, NULL);
}

static void
logind_on_sleep(GDBusConnection *bus UNUSED, const gchar *sender UNUSED,
	const gchar *path UNUSED, const gchar *interface UNUSED,
	const gchar *name UNUSED, GVariant *args, gpointer data UNUSED)
{
	gboolean begins;

	if (!g_variant_is_of_type(args, G_VARIANT_TYPE("(b)")))
		return;
	g_variant_get(args, "(b)", &begins);
	logind.asleep = begins;
	talk_say("{s:b}", "sleep", begins);
	if (!begins)
		logind_inhibit();
}

static void
logind_follow_sleep(void)
{
	if (logind.want_sleep == (logind.heard[HEAR_SLEEP] != 0))
		return;
	if (logind.want_sleep) {
		logind_hear(HEAR_SLEEP, MANAGER_PATH, MANAGER,
			"PrepareForSleep", logind_on_sleep);
		logind_inhibit();
	} else {
		logind_deafen(HEAR_SLEEP);
		logind_let_sleep();
	}
}

/* --- lock ----------------------------------------------------------------- */

static void
logind_say_lock(bool locked)
{
	logind.locked = locked;
	talk_say("{s:b}", "lock", locked);
}

static void
logind_on_session(GDBusConnection *bus UNUSED, const gchar *sender UNUSED,
	const gchar *path UNUSED, const gchar *interface UNUSED,
	const gchar *name, GVariant *args UNUSED, gpointer data UNUSED)
{
	if (streq(name, "Lock"))
		logind_say_lock(true);
	else if (streq(name, "Unlock") && logind.locked)
		logind_say_lock(false);
}

static void
logind_on_hint(GDBusConnection *bus UNUSED, const gchar *sender UNUSED,
	const gchar *path UNUSED, const gchar *interface UNUSED,
	const gchar *name UNUSED, GVariant *args, gpointer data UNUSED)
{
	g_autoptr(GVariant) changed = NULL;
	gboolean locked;

	if (!g_variant_is_of_type(args, G_VARIANT_TYPE("(sa{sv}as)")))
		return;
	changed = g_variant_get_child_value(args, 1);
	if (g_variant_lookup(changed, "LockedHint", "b", &locked) &&
		locked != logind.locked)
		logind_say_lock(locked);
}

static void
logind_on_hint_read(GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_autoptr(GVariant) reply = logind_reply(bus, result, "(v)");
	g_autoptr(GVariant) hint = NULL;

	if (!reply || !logind.want_lock)
		return;
	g_variant_get(reply, "(v)", &hint);
	if (g_variant_is_of_type(hint, G_VARIANT_TYPE_BOOLEAN) &&
		g_variant_get_boolean(hint) != logind.locked)
		logind_say_lock(!logind.locked);
}

static void
logind_leave_session(void)
{
	logind_deafen(HEAR_SESSION);
	logind_deafen(HEAR_HINT);
	g_clear_pointer(&logind.session, g_free);
}

static void
logind_follow_session(const char *path)
{
	if (!logind.want_lock || streq(path, "/") ||
		g_strcmp0(path, logind.session) == 0)
		return;
	logind_leave_session();
	logind.session = g_strdup(path);
	logind_hear(HEAR_SESSION, path, SESSION, NULL, logind_on_session);
	logind_hear(HEAR_HINT, path, PROPERTIES, "PropertiesChanged",
		logind_on_hint);
	logind_call(path, PROPERTIES, "Get",
		g_variant_new("(ss)", SESSION, "LockedHint"),
		logind_on_hint_read);
}

static void
logind_on_display(GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_autoptr(GVariant) reply = logind_reply(bus, result, "(v)");
	g_autoptr(GVariant) display = NULL;
	const char *path;

	if (!reply)
		return;
	g_variant_get(reply, "(v)", &display);
	if (!g_variant_is_of_type(display, G_VARIANT_TYPE("(so)")))
		return;
	g_variant_get(display, "(&s&o)", NULL, &path);
	logind_follow_session(path);
}

static void
logind_on_user(GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_autoptr(GVariant) reply = logind_reply(bus, result, "(o)");
	const char *path;

	if (!reply)
		return;
	g_variant_get(reply, "(&o)", &path);
	logind_call(path, PROPERTIES, "Get",
		g_variant_new("(ss)", LOGIN1 ".User", "Display"),
		logind_on_display);
}

static void
logind_find_display(void)
{
	logind_call(MANAGER_PATH, MANAGER, "GetUser",
		g_variant_new("(u)", (guint32)getuid()), logind_on_user);
}

static void
logind_on_found(GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_autoptr(GVariant) reply = logind_reply(bus, result, "(o)");
	const char *path;

	if (!reply) { /* the session that started us is over */
		logind_find_display();
		return;
	}
	g_variant_get(reply, "(&o)", &path);
	logind_follow_session(path);
}

static void
logind_find_session(void)
{
	const char *id = getenv("XDG_SESSION_ID");

	if (id && *id)
		logind_call(MANAGER_PATH, MANAGER, "GetSession",
			g_variant_new("(s)", id), logind_on_found);
	else
		logind_find_display();
}

/* SessionNew and SessionRemoved (so). */
static void
logind_on_sessions(GDBusConnection *bus UNUSED, const gchar *sender UNUSED,
	const gchar *path UNUSED, const gchar *interface UNUSED,
	const gchar *name, GVariant *args, gpointer data UNUSED)
{
	const char *session;

	if (!g_variant_is_of_type(args, G_VARIANT_TYPE("(so)")))
		return;
	g_variant_get(args, "(&s&o)", NULL, &session);
	if (streq(name, "SessionRemoved") &&
		g_strcmp0(session, logind.session) == 0)
		logind_leave_session();
	if (!logind.session && g_str_has_prefix(name, "Session"))
		logind_find_session();
}

static void
logind_follow_lock(void)
{
	if (logind.want_lock == (logind.heard[HEAR_SESSIONS] != 0))
		return;
	if (logind.want_lock) {
		logind_hear(HEAR_SESSIONS, MANAGER_PATH, MANAGER, NULL,
			logind_on_sessions);
		logind_find_session();
	} else {
		logind_deafen(HEAR_SESSIONS);
		logind_leave_session();
		logind.locked = false;
	}
}

/* --- the bus -------------------------------------------------------------- */

static void
logind_follow(void)
{
	logind_follow_lock();
	logind_follow_sleep();
}

static void
logind_on_bus(GDBusConnection *bus, const char *why)
{
	logind.connecting = false;
	if (!bus) {
		logind.met = -1;
		talk_say("{s:b,s:s}", "logind", 0, "why", why);
		return;
	}
	logind.bus = bus;
	logind_follow();
}

void
logind_watch(bool lock, bool sleep)
{
	logind.want_lock = lock;
	logind.want_sleep = sleep;
	if (logind.bus) {
		logind_follow();
	} else if ((lock || sleep) && !logind.connecting) {
		logind.connecting = true;
		bus_connect(BUS_SYSTEM, logind_on_bus);
	}
}
