/* SPDX-License-Identifier: MIT */
/*
 * Which desktop this is, is told by its notification server's name.  Where
 * the switch is a setting, it is looked up in the installed schemas first:
 * g_settings_new() ends the program over a missing one.
 */
#include "desktop/dnd.h"

#include <gio/gio.h>

#include "base/alloc.h"
#include "desktop/dnd_bus.h"
#include "desktop/talk.h"
#include "words/words.h"

#define GNOME "org.gnome.desktop.notifications", "show-banners", true
#define CINNAMON \
	"org.cinnamon.desktop.notifications", "display-notifications", true
#define MATE "org.mate.NotificationDaemon", "do-not-disturb", false

/* Over the bus, or a boolean setting (inverted: true means "disturb"). */
static const struct dnd_way {
	const char *server, *by;
	const struct dnd_bus *bus;
	const char *schema, *key;
	bool inverted;
} dnd_ways[] = {
	{"dunst", "dunst", &dnd_bus_dunst, NULL, NULL, false},
	{"Plasma", "plasma", &dnd_bus_plasma, NULL, NULL, false},
	{"mako", "mako", &dnd_bus_mako, NULL, NULL, false},
	{"Xfce Notify Daemon", "xfce", &dnd_bus_xfce, NULL, NULL, false},
	{"SwayNotificationCenter", "swaync", &dnd_bus_swaync, NULL, NULL,
		false},
	{"gnome-shell", "gnome", NULL, GNOME},
	{"Budgie Notification Server", "budgie", NULL, GNOME},
	{"cinnamon", "cinnamon", NULL, CINNAMON},
	{"Notification Daemon", "mate", NULL, MATE},
};

static struct {
	GDBusConnection *bus;
	const struct dnd_way *way; /* NULL: no server, or none that is known */
	char *server;
	GSettings *settings;
	bool watching;
	bool on; /* as last said */
	bool said;
} dnd;

static void
dnd_heard(bool on)
{
	if (!dnd.watching || (dnd.said && dnd.on == on))
		return;
	dnd.said = true;
	dnd.on = on;
	talk_say("{s:b,s:s}", "dnd", on, "by", dnd.way->by);
}

static void
dnd_answer(bool on, bool was, const char *why)
{
	if (why)
		talk_say("{s:n,s:s}", "dnd_set", "why", why);
	else
		talk_say("{s:b,s:b,s:s*}", "dnd_set", on, "was", was, "by",
			dnd.way ? dnd.way->by : NULL);
}

static bool
dnd_setting(void)
{
	return g_settings_get_boolean(dnd.settings, dnd.way->key) !=
		dnd.way->inverted;
}

static void
dnd_on_setting(
	GSettings *settings UNUSED, const char *key, gpointer data UNUSED)
{
	if (streq(key, dnd.way->key))
		dnd_heard(dnd_setting());
}

static GSettings *
dnd_open_settings(const struct dnd_way *way)
{
	GSettingsSchemaSource *source = g_settings_schema_source_get_default();
	g_autoptr(GSettingsSchema) schema = source
		? g_settings_schema_source_lookup(source, way->schema, TRUE)
		: NULL;

	if (!schema || !g_settings_schema_has_key(schema, way->key))
		return NULL;
	return g_settings_new_full(schema, NULL, NULL);
}

static void
dnd_set_setting(bool on)
{
	bool was = dnd_setting();

	if (was != on && !g_settings_is_writable(dnd.settings, dnd.way->key)) {
		dnd_answer(on, was, W_DESKTOP_DND_LOCKED);
		return;
	}
	dnd_answer(on, was, NULL); /* before the change is heard of */
	if (was != on)
		g_settings_set_boolean(
			dnd.settings, dnd.way->key, on != dnd.way->inverted);
}

/* Starts or stops following the way that is open. */
static void
dnd_follow(bool on)
{
	if (!dnd.way)
		return;
	if (dnd.way->bus) {
		dnd_bus_follow(on);
		if (on)
			dnd_bus_read();
		return;
	}
	g_signal_handlers_disconnect_by_func(
		dnd.settings, G_CALLBACK(dnd_on_setting), NULL);
	if (!on)
		return;
	g_signal_connect(
		dnd.settings, "changed", G_CALLBACK(dnd_on_setting), NULL);
	dnd_heard(dnd_setting());
}

static void
dnd_close(void)
{
	/* nothing holds any more, and nobody has switched it off */
	if (dnd.way && dnd.watching && dnd.said && dnd.on)
		talk_say("{s:b,s:s,s:b}", "dnd", 0, "by", dnd.way->by, "gone",
			1);
	dnd_bus_close();
	g_clear_object(&dnd.settings);
	g_clear_pointer(&dnd.server, g_free);
	dnd.way = NULL;
	dnd.said = false;
}

static void
dnd_open(const char *server)
{
	size_t i;

	dnd.server = g_strdup(server);
	for (i = 0; i < ARRAY_SIZE(dnd_ways) && !dnd.way; i++)
		if (streq(dnd_ways[i].server, server))
			dnd.way = &dnd_ways[i];
	if (!dnd.way)
		return;
	if (dnd.way->bus) {
		dnd_bus_open(dnd.bus, dnd.way->bus, dnd_heard);
		return;
	}
	dnd.settings = dnd_open_settings(dnd.way);
	if (!dnd.settings)
		dnd.way = NULL;
}

void
dnd_set_bus(GDBusConnection *bus)
{
	dnd.bus = bus;
}

void
dnd_meet(const char *server)
{
	if (!server) {
		dnd_close();
		return;
	}
	if (dnd.server && streq(dnd.server, server)) {
		if (dnd.watching)
			dnd_bus_read(); /* not all of them tell of changes */
		return;
	}
	dnd_close();
	dnd_open(server);
	if (dnd.watching)
		dnd_follow(true);
}

void
dnd_watch(bool on)
{
	dnd.watching = on;
	dnd.said = false;
	dnd_follow(on);
}

void
dnd_set(bool on)
{
	if (!dnd.server) {
		dnd_answer(on, false, W_DESKTOP_DND_NOBODY);
	} else if (!dnd.way) {
		AUTO_FREE char *why =
			xasprintf(W_DESKTOP_DND_UNKNOWN, dnd.server);

		dnd_answer(on, false, why);
	} else if (dnd.way->bus) {
		dnd_bus_set(on, dnd_answer);
	} else {
		dnd_set_setting(on);
	}
}
