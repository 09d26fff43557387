/* SPDX-License-Identifier: MIT */
/*
 * An event's age is told by CLOCK_BOOTTIME when the machine was not restarted
 * since, because the wall clock may have been set; else by its own date.
 */
#include "daemon/spool.h"

#include <dirent.h>
#include <glib.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/paths.h"
#include "daemon/daemon.h"
#include "daemon/requests.h"
#include "daemon/ledger.h"
#include "wire/wire.h"

struct spooled {
	int64_t at;
	json_t *line;
};

static GArray *waiting; /* of struct spooled, in order of time */
static guint taken;
static int refused;

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
	json_t *boot = json_object_get(line, "boot");
	int64_t now = ledger_now(d), at;
	char here[64];

	boot_id(here);
	at = json_integer_value(json_object_get(line, "at"));
	if (id && *here && streq(id, here) && json_is_integer(boot))
		at = now -
			(clock_boot_ns() / NS_PER_S - json_integer_value(boot));
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
		json_decref(line);
		return; /* cut short by a crash */
	}
	s.line = line;
	s.at = instant(d, line);
	if (s.at == INT64_MIN) {
		refused++;
		json_decref(line);
		return;
	}
	g_array_append_val(waiting, s);
}

static void
read_file(struct daemon *d, const char *path)
{
	AUTO_FREE char *mine = xasprintf("%s.reading", path);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	gsize n;

	/* Under another name, so that a writer begins a new file. */
	if (rename(path, mine) < 0 ||
		!g_file_get_contents(mine, &text, &n, NULL))
		return;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++)
		if (**line && strlen(*line) < WIRE_LINE_MAX)
			add_line(d, *line);
	unlink(mine);
}

static gint
by_time(gconstpointer a, gconstpointer b)
{
	const struct spooled *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

void
spool_read(struct daemon *d)
{
	AUTO_FREE char *state = paths_state();
	AUTO_FREE char *path = xasprintf("%s/spool", state);
	DIR *dir = d->options.clock ? NULL : opendir(path);
	struct dirent *entry;

	if (!waiting)
		waiting = g_array_new(FALSE, FALSE, sizeof(struct spooled));
	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		AUTO_FREE char *file = xasprintf("%s/%s", path, entry->d_name);

		if (g_str_has_suffix(entry->d_name, ".jsonl"))
			read_file(d, file);
	}
	closedir(dir);
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
spool_refused(void)
{
	return refused;
}
