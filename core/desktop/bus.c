/* SPDX-License-Identifier: MIT */
/*
 * GIO, left alone, starts a session bus by dbus-launch when it finds no
 * address.  Whoever listens there is nobody, and the bus outlives us, so the
 * address is looked for here first.  A bus that accepts and then says nothing
 * would keep GIO waiting for ever: hence a limit of our own.
 */
#include "desktop/bus.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "words/words.h"

struct bus_attempt {
	void (*done)(GDBusConnection *bus, const char *why);
	GCancellable *cancel;
	guint limit; /* timer, 0 once it ran */
};

static bool
bus_runtime_is_there(void)
{
	const char *dir = getenv("XDG_RUNTIME_DIR");
	AUTO_FREE char *path = NULL;
	struct stat st;

	if (!dir || dir[0] != '/')
		return false;
	path = xasprintf("%s/bus", dir);
	return stat(path, &st) == 0 && S_ISSOCK(st.st_mode) &&
		st.st_uid == getuid();
}

int
bus_find_session(struct err *err)
{
	const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");

	if (address && *address ? !strstr(address, "autolaunch:")
				: bus_runtime_is_there())
		return 0;
	return err_set(err, -ENOENT, "%s", W_DESKTOP_NO_BUS);
}

static gboolean
bus_give_up(gpointer data)
{
	struct bus_attempt *attempt = data;

	attempt->limit = 0;
	g_cancellable_cancel(attempt->cancel);
	return G_SOURCE_REMOVE;
}

static void
bus_connected(GObject *source UNUSED, GAsyncResult *result, gpointer data)
{
	struct bus_attempt *attempt = data;
	g_autoptr(GError) error = NULL;
	GDBusConnection *bus = g_bus_get_finish(result, &error);

	if (attempt->limit)
		g_source_remove(attempt->limit);
	g_object_unref(attempt->cancel);
	if (bus) /* or GIO kills us when the bus goes */
		g_dbus_connection_set_exit_on_close(bus, FALSE);
	attempt->done(bus, bus ? NULL
		: g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
			? W_DESKTOP_BUS_SILENT : error->message);
	free(attempt);
}

void
bus_connect(enum bus_kind kind,
	void (*done)(GDBusConnection *bus, const char *why))
{
	struct bus_attempt *attempt = xcalloc(1, sizeof *attempt);

	attempt->done = done;
	attempt->cancel = g_cancellable_new();
	attempt->limit = g_timeout_add(BUS_LIMIT_MS, bus_give_up, attempt);
	g_bus_get(kind == BUS_SESSION ? G_BUS_TYPE_SESSION : G_BUS_TYPE_SYSTEM,
		attempt->cancel, bus_connected, attempt);
}
