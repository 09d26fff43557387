/* SPDX-License-Identifier: MIT */
/*
 * Any lines of a peer that has said hello, given to a whole daemon with a
 * clock that stands still, a history and notes in a scratch home.  A line that
 * begins with '#' is a stored event instead: its kind, a blank, its data.
 */
#include <glib.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/event.h"
#include "daemon/requests.h"
#include "daemon/server.h"
#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static char home[] = "/tmp/vesper-fuzz.XXXXXX";

static void
leave(void)
{
	AUTO_FREE char *command = xasprintf("rm -rf %s", home);

	if (system(command) != 0)
		fprintf(stderr, "left behind: %s\n", home);
}

static struct daemon *
the_daemon(void)
{
	static const struct daemon_options options = {
		.clock = "2026-11-18T10:00:00+01:00,step"};
	static const char *const places[] = {"XDG_CONFIG_HOME",
		"XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"};
	static struct daemon *d;
	struct err err;

	if (d)
		return d;
	if (!mkdtemp(home))
		abort();
	atexit(leave);
	setenv("HOME", home, 1);
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		setenv(places[i], home, 1);
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	unsetenv("VESPER_SOCKET");
	setenv("TZ", "Europe/Berlin", 1);
	log_init("fuzz", LOG_ERROR);
	if (daemon_start(&options, &d, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		abort();
	}
	return d;
}

static void
stored(char *line)
{
	char *blank = strchr(line, ' ');
	struct store_event event = {.kind = line, .data = "{}"};
	struct engine_event out;

	if (blank) {
		*blank = '\0';
		event.data = blank + 1;
	}
	event_decode(&event, &out);
}

static void
asked(struct daemon *d, const char *line)
{
	struct peer peer = {.serial = UINT64_MAX, .hello = true};
	json_t *message = NULL;

	if (text_is_utf8(line, strlen(line)))
		message = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(message))
		requests_line(d, &peer, message);
	json_decref(message);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_FREE char *text = xstrndup((const char *)data, n);
	struct daemon *d = the_daemon();
	char *rest = NULL;

	for (char *line = strtok_r(text, "\n", &rest); line;
		line = strtok_r(NULL, "\n", &rest)) {
		if (*line == '#')
			stored(line + 1);
		else
			asked(d, line);
	}
	while (g_main_context_iteration(NULL, FALSE))
		;
	return 0;
}
