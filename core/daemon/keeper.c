/* SPDX-License-Identifier: MIT */
/*
 * libnotify blocks for as long as a server or a bus likes, and may take its
 * process with it.  Nothing of that reaches the daemon but a deadline passed
 * or a child dead, and both are said once.
 */
#include "daemon/keeper.h"

#include <glib.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/paths.h"
#include "daemon/child.h"
#include "wire/wire.h"
#include "words/words.h"

#define ANSWER_MS 6000
#define BACKOFF_MAX_S 300

/* A child that lived this long (us) did well: its death starts anew. */
#define LIVED_WELL (60 * G_USEC_PER_SEC)

/* What it may take to close its popups at our end. */
#define END_MS 500

struct keeper {
	struct keeper_calls calls;
	struct child *child;
	guint deadline, restart;
	int backoff; /* s until the next start */
	gint64 born; /* monotonic us */
	bool rests;
};

static void start(struct keeper *k);

static gboolean
on_restart(gpointer data)
{
	struct keeper *k = data;

	k->restart = 0;
	start(k);
	return G_SOURCE_REMOVE;
}

static void
restart_later(struct keeper *k, const char *what)
{
	if (g_get_monotonic_time() - k->born > LIVED_WELL)
		k->backoff = 1;
	if (k->backoff == 1)
		log_warn("%s", what);
	k->restart = g_timeout_add_seconds((guint)k->backoff, on_restart, k);
	k->backoff = (int)min64(k->backoff * 2, BACKOFF_MAX_S);
}

static void
on_line(void *data, const char *line)
{
	struct keeper *k = data;

	k->calls.line(k->calls.data, line);
}

static void
on_end(void *data, int status UNUSED)
{
	struct keeper *k = data;

	k->child = NULL;
	keeper_answered(k);
	k->calls.ended(k->calls.data);
	if (!k->rests)
		restart_later(k, W_DESKTOP_ENDED);
}

static void
start(struct keeper *k)
{
	AUTO_FREE char *libexec = paths_libexec();
	AUTO_FREE char *program = xasprintf("%s/desktop", libexec);
	const char *argv[] = {program, NULL};
	struct child_calls calls = {on_line, on_end, k, true};

	k->born = g_get_monotonic_time();
	k->child = child_start(argv, &calls);
	if (k->child)
		k->calls.started(k->calls.data);
	else
		restart_later(k, W_DESKTOP_NO_START);
}

static bool
has_bus(void)
{
	const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
	const char *dir = getenv("XDG_RUNTIME_DIR");
	AUTO_FREE char *path = NULL;

	if (address && *address)
		return true;
	if (!dir || *dir != '/')
		return false;
	path = xasprintf("%s/bus", dir);
	return access(path, F_OK) == 0;
}

struct keeper *
keeper_new(const struct keeper_calls *calls)
{
	struct keeper *k = xcalloc(1, sizeof *k);

	k->calls = *calls;
	k->backoff = 1;
	return k;
}

void
keeper_start(struct keeper *k)
{
	if (has_bus())
		start(k);
}

void
keeper_free(struct keeper *k)
{
	child_end(k->child, END_MS);
	keeper_answered(k);
	if (k->restart)
		g_source_remove(k->restart);
	free(k);
}

bool
keeper_runs(const struct keeper *k)
{
	return k->child;
}

void
keeper_send(struct keeper *k, const struct json_t *order)
{
	AUTO_FREE char *text = json_dumps(order, WIRE_JSON);

	if (!k->child || !text)
		return;
	child_write(k->child, text, strlen(text));
	child_write(k->child, "\n", 1);
}

static gboolean
on_deadline(gpointer data)
{
	struct keeper *k = data;

	k->deadline = 0;
	log_warn("%s", W_DESKTOP_SILENT);
	child_kill(k->child);
	return G_SOURCE_REMOVE;
}

void
keeper_expect(struct keeper *k)
{
	if (!k->deadline && k->child)
		k->deadline = g_timeout_add(ANSWER_MS, on_deadline, k);
}

void
keeper_answered(struct keeper *k)
{
	if (k->deadline)
		g_source_remove(k->deadline);
	k->deadline = 0;
}

void
keeper_rest(struct keeper *k)
{
	k->rests = true;
}
