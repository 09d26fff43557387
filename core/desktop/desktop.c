/* SPDX-License-Identifier: MIT */
/*
 * Puts the parts together.  There is deliberately no handler for SIGTERM: a
 * handler of the main loop would wait for libnotify, and TERM ends us at
 * once.  The end of stdin is the polite way; it takes our notices off the
 * screen, since nobody is left to hear their buttons.
 */
#include "desktop/desktop.h"

#include <gio/gio.h>
#include <jansson.h>
#include <signal.h>
#include <unistd.h>

#include "base/err.h"
#include "desktop/bus.h"
#include "desktop/dnd.h"
#include "desktop/logind.h"
#include "desktop/notices.h"
#include "desktop/server.h"
#include "desktop/talk.h"
#include "words/words.h"

/* What leaving may cost when the bus is stuck. */
#define DESKTOP_ORPHAN_S 5
#define DESKTOP_FLUSH_MS 100

static struct {
	GMainLoop *loop;
	GDBusConnection *bus;
} desktop;

static void
desktop_pong(json_t *line)
{
	talk_say("{s:O}", "pong", json_object_get(line, "ping"));
}

static void
desktop_watch(json_t *line)
{
	json_t *watch = json_object_get(line, "watch");

	logind_watch(json_is_true(json_object_get(watch, "lock")),
		json_is_true(json_object_get(watch, "sleep")));
	dnd_watch(json_is_true(json_object_get(watch, "dnd")));
}

static void
desktop_sleep_ok(json_t *line UNUSED)
{
	logind_let_sleep();
}

static void
desktop_dnd(json_t *line)
{
	dnd_set(json_is_true(json_object_get(line, "dnd")));
}

static void
desktop_on_line(json_t *line)
{
	static const struct {
		const char *key;
		void (*run)(json_t *line);
	} orders[] = {
		{"show", notices_show},
		{"close", notices_close},
		{"ping", desktop_pong},
		{"watch", desktop_watch},
		{"sleep_ok", desktop_sleep_ok},
		{"dnd", desktop_dnd},
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		if (json_object_get(line, orders[i].key)) {
			orders[i].run(line);
			return;
		}
	}
}

static void
desktop_flushed(GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_dbus_connection_flush_finish(G_DBUS_CONNECTION(bus), result, NULL);
	g_main_loop_quit(desktop.loop);
}

static gboolean
desktop_quit(gpointer data UNUSED)
{
	g_main_loop_quit(desktop.loop);
	return G_SOURCE_REMOVE;
}

static void
desktop_on_end(void)
{
	if (!desktop.bus) {
		g_main_loop_quit(desktop.loop);
		return;
	}
	notices_end();
	g_dbus_connection_flush(desktop.bus, NULL, desktop_flushed, NULL);
	g_timeout_add(DESKTOP_FLUSH_MS, desktop_quit, NULL);
}

static void
desktop_ready(const struct server *server)
{
	dnd_meet(server->name);
	notices_ready(server);
}

static void
desktop_lost(void)
{
	dnd_meet(NULL);
	notices_lost();
}

static void
desktop_bus_closed(GDBusConnection *bus UNUSED, gboolean vanished UNUSED,
	GError *error UNUSED, gpointer data UNUSED)
{
	desktop_lost();
	talk_say("{s:b,s:s}", "bus", 0, "why", W_DESKTOP_BUS_GONE);
	g_main_loop_quit(desktop.loop);
}

static void
desktop_on_bus(GDBusConnection *bus, const char *why)
{
	static const struct server_user user = {desktop_ready, desktop_lost};

	if (!bus) {
		talk_say("{s:b,s:s}", "bus", 0, "why", why);
		g_main_loop_quit(desktop.loop);
		return;
	}
	desktop.bus = bus;
	talk_say("{s:b}", "bus", 1);
	g_signal_connect(bus, "closed", G_CALLBACK(desktop_bus_closed), NULL);
	notices_set_bus(bus);
	dnd_set_bus(bus);
	server_start(bus, &user);
}

/* The daemon is gone.  Its end of our stdin says so as well, which ends us
 * politely; a call that hangs in the bus must not keep us here. */
static void
desktop_on_orphaned(int signo UNUSED)
{
	alarm(DESKTOP_ORPHAN_S);
}

int
desktop_run(void)
{
	struct err err;

	signal(SIGUSR2, desktop_on_orphaned);
	if (bus_find_session(&err) < 0) {
		talk_say("{s:b,s:s}", "bus", 0, "why", err.text);
		return 0;
	}
	desktop.loop = g_main_loop_new(NULL, FALSE);
	talk_start(desktop_on_line, desktop_on_end);
	bus_connect(BUS_SESSION, desktop_on_bus);
	g_main_loop_run(desktop.loop);
	g_main_loop_unref(desktop.loop);
	return 0;
}
