/* SPDX-License-Identifier: MIT */
/*
 * An event's age is told by CLOCK_BOOTTIME when the machine was not restarted
 * since, because the wall clock may have been set; else by its own date.
 *
 * The files stay locked and in place until what they said is stored; a writer
 * that finds its file locked begins another.
 */
#include "daemon/spool.h"

#include <dirent.h>
#include <errno.h>
#include <glib.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/paths.h"
#include "daemon/daemon.h"
#include "daemon/history.h"
#include "daemon/ledger.h"
#include "daemon/leftover.h"
#include "daemon/requests.h"
#include "wire/wire.h"

/* One a writer; more in one go are read another time. */
#define FILES_MAX 1000

struct spooled {
	int64_t at;
	guint place; /* among those of its instant */
	json_t *line;
};

static GArray *waiting; /* of struct spooled, in order of time */
static guint taken;
static GArray *files; /* of struct leftover: read, not yet stored */
static int refused;
static bool stuck; /* what was read could not be stored */

/* "…" without newline from /proc; "" where there is none. */
static void
boot_id(char out[64])
{
	FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");

	out[0] = '\0';
	if (!f)
		return;
	if (fgets(out, 64, f))
		out[strcspn(out, "\n")] = '\0';
	fclose(f);
}

/* The instant of a spooled line on our axis, or INT64_MIN for one that cannot
 * be believed. */
static int64_t
instant(struct daemon *d, const json_t *line)
{
	const char *id = json_string_value(json_object_get(line, "boot_id"));
	int64_t boot = json_integer_value(json_object_get(line, "boot"));
	int64_t now = ledger_now(d), up = clock_boot_ns() / NS_PER_S, at;
	char here[64];

	boot_id(here);
	at = json_integer_value(json_object_get(line, "at"));
	if (id && *here && streq(id, here) && boot > 0 && boot <= up)
		at = now - (up - boot);
	if (at > now || at < now - WIRE_SPOOL_DAYS * DAY_S)
		return INT64_MIN;
	return at;
}

static void
add_line(struct daemon *d, const char *text)
{
	json_t *line = json_loads(text, 0, NULL);
	struct spooled s;

	if (!json_is_object(line)) {
		refused++;
		json_decref(line);
		return;
	}
	s.line = line;
	s.at = instant(d, line);
	if (s.at == INT64_MIN) {
		refused++;
		json_decref(line);
		return;
	}
	s.place = waiting->len;
	g_array_append_val(waiting, s);
}

static void
read_file(struct daemon *d, const char *path)
{
	struct leftover file;
	char *line;

	if (leftover_open(&file, path, WIRE_SPOOL_MAX, d->store) < 0)
		return; /* somebody writes: next time */
	refused += file.cut;
	while ((line = leftover_line(&file)))
		if (*line)
			add_line(d, line);
	g_array_append_val(files, file);
}

static gint
by_time(gconstpointer a, gconstpointer b)
{
	const struct spooled *x = a, *y = b;

	if (x->at != y->at)
		return (x->at > y->at) - (x->at < y->at);
	return (x->place > y->place) - (x->place < y->place);
}

static gint
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The spool's files, in order of their names; the caller's. */
static GPtrArray *
list_files(void)
{
	AUTO_FREE char *state = paths_state();
	AUTO_FREE char *path = xasprintf("%s/spool", state);
	GPtrArray *list = g_ptr_array_new_with_free_func(free);
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) && list->len < FILES_MAX)
		if (g_str_has_suffix(entry->d_name, ".jsonl"))
			g_ptr_array_add(list,
				xasprintf("%s/%s", path, entry->d_name));
	if (dir)
		closedir(dir);
	g_ptr_array_sort(list, by_name);
	return list;
}

bool
spool_waits(const struct daemon *d)
{
	GPtrArray *list;
	bool some;

	if (d->options.clock || stuck)
		return false;
	list = list_files();
	some = list->len > 0;
	g_ptr_array_free(list, TRUE);
	return some;
}

void
spool_read(struct daemon *d)
{
	GPtrArray *list;

	if (!waiting) {
		waiting = g_array_new(FALSE, FALSE, sizeof(struct spooled));
		files = g_array_new(FALSE, FALSE, sizeof(struct leftover));
	}
	if (d->options.clock || stuck || files->len)
		return;
	list = list_files();
	for (guint i = 0; i < list->len; i++)
		read_file(d, g_ptr_array_index(list, i));
	g_ptr_array_free(list, TRUE);
	g_array_sort(waiting, by_time);
}

void
spool_take(struct daemon *d, int64_t until)
{
	while (waiting && taken < waiting->len) {
		struct spooled *s =
			&g_array_index(waiting, struct spooled, taken);

		if (s->at > until)
			return;
		taken++;
		requests_event(d, s->line, s->at);
		json_decref(s->line);
	}
	if (waiting)
		g_array_set_size(waiting, 0);
	taken = 0;
}

int
spool_done(struct daemon *d)
{
	bool good;

	for (guint i = 0; files && i < files->len; i++)
		leftover_mark(&g_array_index(files, struct leftover, i),
			d->store);
	good = history_commit(d) == 0;
	stuck = !good && files && files->len;
	for (guint i = 0; files && i < files->len; i++) {
		struct leftover *file =
			&g_array_index(files, struct leftover, i);

		if (good)
			leftover_remove(file, d->store);
		leftover_close(file);
	}
	if (files)
		g_array_set_size(files, 0);
	return good ? 0 : -EIO;
}

void
spool_drain(struct daemon *d)
{
	if (!spool_waits(d) || !history_begin(d))
		return;
	spool_read(d);
	spool_take(d, INT64_MAX);
	spool_done(d);
}

/* What could not be stored was told to the engine all the same. */
void
spool_again(struct daemon *d)
{
	if (stuck)
		ledger_refold(d);
	stuck = false;
	spool_drain(d);
}

int
spool_refused(void)
{
	return refused;
}
