/* SPDX-License-Identifier: MIT */
/*
 * Five servers, five ways to say the same.  Each is a row: how to read, which
 * signal means "read again", how to switch.  The signal's own arguments are
 * not looked at, so that one parser of each server is all there is.
 */
#include "desktop/dnd_bus.h"

#include <gio/gio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "desktop/bus.h"
#include "desktop/server.h"
#include "words/words.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"
#define MAKO_MODE "do-not-disturb"

struct dnd_bus {
	const char *name, *path, *interface;
	/* a method, or NULL for the property of that name */
	const char *get;
	const char *property;
	GVariant *(*get_args)(void);
	bool (*read)(GVariant *reply, bool *on);
	const char *signal_interface, *signal;
	/* Chooses interface and method; NULL: it cannot be done. */
	GVariant *(*set)(bool on, const char **interface, const char **method);
	void (*was_set)(bool on, GVariant *reply);
};

struct dnd_bus_order {
	bool on, was;
	void (*done)(bool on, bool was, const char *why);
};

static struct {
	GDBusConnection *bus;
	const struct dnd_bus *way;
	void (*heard)(bool on);
	GCancellable *cancel;
	guint signal;
	char **modes;     /* mako: those in force when last read */
	uint32_t inhibit; /* Plasma: our cookie, or 0 */
} dnd;

/* --- the servers ---------------------------------------------------------- */

static bool
read_bool(GVariant *reply, bool *on)
{
	gboolean value;

	if (g_variant_is_of_type(reply, G_VARIANT_TYPE("(b)"))) {
		g_variant_get(reply, "(b)", &value);
	} else if (g_variant_is_of_type(reply, G_VARIANT_TYPE("(v)"))) {
		g_autoptr(GVariant) inner = NULL;

		g_variant_get(reply, "(v)", &inner);
		if (!g_variant_is_of_type(inner, G_VARIANT_TYPE_BOOLEAN))
			return false;
		value = g_variant_get_boolean(inner);
	} else {
		return false;
	}
	*on = value;
	return true;
}

static GVariant *
dunst_set(bool on, const char **interface, const char **method)
{
	*interface = PROPERTIES;
	*method = "Set";
	return g_variant_new("(ssv)", "org.dunstproject.cmd0", "paused",
		g_variant_new_boolean(on));
}

const struct dnd_bus dnd_bus_dunst = {
	.name = SERVER_NAME,
	.path = SERVER_PATH,
	.interface = "org.dunstproject.cmd0",
	.property = "paused",
	.read = read_bool,
	.signal_interface = PROPERTIES,
	.signal = "PropertiesChanged",
	.set = dunst_set,
};

/* Plasma counts holders; ours is let go of when our connection ends, too. */
static GVariant *
plasma_set(bool on, const char **interface, const char **method)
{
	*interface = SERVER_NAME;
	*method = on ? "Inhibit" : "UnInhibit";
	if (on)
		return g_variant_new_parsed("('vesper', %s, @a{sv} {})",
			"Vesper");
	return dnd.inhibit ? g_variant_new("(u)", dnd.inhibit) : NULL;
}

static void
plasma_was_set(bool on, GVariant *reply)
{
	dnd.inhibit = 0;
	if (on && g_variant_is_of_type(reply, G_VARIANT_TYPE("(u)")))
		g_variant_get(reply, "(u)", &dnd.inhibit);
}

const struct dnd_bus dnd_bus_plasma = {
	.name = SERVER_NAME,
	.path = SERVER_PATH,
	.interface = SERVER_NAME,
	.property = "Inhibited",
	.read = read_bool,
	.signal_interface = PROPERTIES,
	.signal = "PropertiesChanged",
	.set = plasma_set,
	.was_set = plasma_was_set,
};

static bool
mako_read(GVariant *reply, bool *on)
{
	if (!g_variant_is_of_type(reply, G_VARIANT_TYPE("(as)")))
		return false;
	g_strfreev(dnd.modes);
	g_variant_get(reply, "(^as)", &dnd.modes);
	*on = g_strv_contains((const char *const *)dnd.modes, MAKO_MODE);
	return true;
}

/* The user's other modes stay as they are. */
static GVariant *
mako_set(bool on, const char **interface, const char **method)
{
	g_autoptr(GStrvBuilder) modes = g_strv_builder_new();
	g_auto(GStrv) list = NULL;
	char **mode;

	for (mode = dnd.modes; mode && *mode; mode++)
		if (!streq(*mode, MAKO_MODE))
			g_strv_builder_add(modes, *mode);
	if (on)
		g_strv_builder_add(modes, MAKO_MODE);
	list = g_strv_builder_end(modes);
	*interface = "fr.emersion.Mako";
	*method = "SetModes";
	return g_variant_new("(^as)", list);
}

/* Before mako 1.8 no signal tells of a change: it is read at each notice. */
const struct dnd_bus dnd_bus_mako = {
	.name = SERVER_NAME,
	.path = "/fr/emersion/Mako",
	.interface = "fr.emersion.Mako",
	.get = "ListModes",
	.read = mako_read,
	.signal_interface = PROPERTIES,
	.signal = "PropertiesChanged",
	.set = mako_set,
};

static GVariant *
swaync_set(bool on, const char **interface, const char **method)
{
	*interface = "org.erikreider.swaync.cc";
	*method = "SetDnd";
	return g_variant_new("(b)", on);
}

const struct dnd_bus dnd_bus_swaync = {
	.name = "org.erikreider.swaync.cc",
	.path = "/org/erikreider/swaync/cc",
	.interface = "org.erikreider.swaync.cc",
	.get = "GetDnd",
	.read = read_bool,
	.signal_interface = "org.erikreider.swaync.cc",
	.signal = NULL, /* any: Subscribe until 0.8, SubscribeV2 since */
	.set = swaync_set,
};

static GVariant *
xfce_get_args(void)
{
	return g_variant_new("(ss)", "xfce4-notifyd", "/do-not-disturb");
}

static GVariant *
xfce_set(bool on, const char **interface, const char **method)
{
	*interface = "org.xfce.Xfconf";
	*method = "SetProperty";
	return g_variant_new("(ssv)", "xfce4-notifyd", "/do-not-disturb",
		g_variant_new_boolean(on));
}

const struct dnd_bus dnd_bus_xfce = {
	.name = "org.xfce.Xfconf",
	.path = "/org/xfce/Xfconf",
	.interface = "org.xfce.Xfconf",
	.get = "GetProperty",
	.get_args = xfce_get_args,
	.read = read_bool,
	.signal_interface = "org.xfce.Xfconf",
	.signal = "PropertyChanged",
	.set = xfce_set,
};

/* --- talking to one ------------------------------------------------------- */

static void
dnd_bus_call(const char *interface, const char *method, GVariant *args,
	GAsyncReadyCallback done, struct dnd_bus_order *order)
{
	g_dbus_connection_call(dnd.bus, dnd.way->name, dnd.way->path,
		interface, method, args, NULL, G_DBUS_CALL_FLAGS_NONE,
		BUS_LIMIT_MS, dnd.cancel, done, order);
}

static void
dnd_bus_get(GAsyncReadyCallback done, struct dnd_bus_order *order)
{
	const struct dnd_bus *way = dnd.way;

	if (way->get)
		dnd_bus_call(way->interface, way->get,
			way->get_args ? way->get_args() : NULL, done, order);
	else
		dnd_bus_call(PROPERTIES, "Get",
			g_variant_new("(ss)", way->interface, way->property),
			done, order);
}

/* What a reply to dnd_bus_get() says. A server that knows the question but
 * has no value for it (xfconf: never set) is not disturbed by anything. */
static bool
dnd_bus_value(GObject *bus, GAsyncResult *result, bool *on, GError **error)
{
	g_autoptr(GVariant) reply = g_dbus_connection_call_finish(
		G_DBUS_CONNECTION(bus), result, error);
	g_autofree char *remote = NULL;

	if (reply && dnd.way && dnd.way->read(reply, on))
		return true;
	if (reply || !*error) {
		g_clear_error(error);
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
			W_DESKTOP_DND_UNREADABLE);
		return false;
	}
	remote = g_dbus_error_get_remote_error(*error);
	*on = false;
	return remote &&
		streq(remote, "org.xfce.Xfconf.Error.PropertyNotFound");
}

static void
dnd_bus_on_read(GObject *bus, GAsyncResult *result, gpointer data UNUSED)
{
	g_autoptr(GError) error = NULL;
	bool on;

	if (dnd_bus_value(bus, result, &on, &error))
		dnd.heard(on);
}

void
dnd_bus_read(void)
{
	if (dnd.way)
		dnd_bus_get(dnd_bus_on_read, NULL);
}

static void
dnd_bus_on_signal(GDBusConnection *bus UNUSED, const gchar *sender UNUSED,
	const gchar *path UNUSED, const gchar *interface UNUSED,
	const gchar *name UNUSED, GVariant *args UNUSED, gpointer data UNUSED)
{
	dnd_bus_read();
}

void
dnd_bus_follow(bool on)
{
	bool property = dnd.way && streq(dnd.way->signal_interface, PROPERTIES);

	if (dnd.signal)
		g_dbus_connection_signal_unsubscribe(dnd.bus, dnd.signal);
	dnd.signal = 0;
	if (!on || !dnd.way)
		return;
	dnd.signal = g_dbus_connection_signal_subscribe(dnd.bus, dnd.way->name,
		dnd.way->signal_interface, dnd.way->signal, dnd.way->path,
		property ? dnd.way->interface : NULL,
		G_DBUS_SIGNAL_FLAGS_NONE, dnd_bus_on_signal, NULL, NULL);
}

static void
dnd_bus_finish(struct dnd_bus_order *order, const char *why)
{
	order->done(order->on, order->was, why);
	free(order);
}

static void
dnd_bus_on_set(GObject *bus, GAsyncResult *result, gpointer order)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply = g_dbus_connection_call_finish(
		G_DBUS_CONNECTION(bus), result, &error);

	if (reply && dnd.way && dnd.way->was_set)
		dnd.way->was_set(((struct dnd_bus_order *)order)->on, reply);
	dnd_bus_finish(order, reply ? NULL : error->message);
}

static void
dnd_bus_on_was(GObject *bus, GAsyncResult *result, gpointer data)
{
	struct dnd_bus_order *order = data;
	g_autoptr(GError) error = NULL;
	const char *interface, *method;
	GVariant *args;

	if (!dnd_bus_value(bus, result, &order->was, &error)) {
		dnd_bus_finish(order, error->message);
		return;
	}
	if (order->was == order->on) {
		dnd_bus_finish(order, NULL);
		return;
	}
	args = dnd.way->set(order->on, &interface, &method);
	if (args)
		dnd_bus_call(interface, method, args, dnd_bus_on_set, order);
	else
		dnd_bus_finish(order, W_DESKTOP_DND_OTHERS);
}

void
dnd_bus_set(bool on, void (*done)(bool on, bool was, const char *why))
{
	struct dnd_bus_order *order = xcalloc(1, sizeof *order);

	order->on = on;
	order->done = done;
	dnd_bus_get(dnd_bus_on_was, order);
}

void
dnd_bus_open(GDBusConnection *bus, const struct dnd_bus *way,
	void (*heard)(bool on))
{
	dnd.bus = bus;
	dnd.way = way;
	dnd.heard = heard;
	dnd.cancel = g_cancellable_new();
}

void
dnd_bus_close(void)
{
	dnd_bus_follow(false);
	if (dnd.cancel)
		g_cancellable_cancel(dnd.cancel);
	g_clear_object(&dnd.cancel);
	g_clear_pointer(&dnd.modes, g_strfreev);
	dnd.inhibit = 0;
	dnd.way = NULL;
}
