/* SPDX-License-Identifier: MIT */
/*
 * Any lines as what the desktop's child says of servers, buttons, locks and
 * sleep.  The child is real, a cat behind a pipe that the bytes are put into;
 * a byte 1 stands for the number of the notice that is up.
 *
 * A fuzzer that was stopped for some seconds finds its child killed as one that
 * owes an answer, and the end of the input lost with it: it is said again.
 */
#include <fcntl.h>
#include <glib.h>
#include <jansson.h>

#include "daemon/board.h"
#include "daemon/desktop.h"
#include "daemon/requests.h"
#include "daemon/server.h"
#include "fuzz/daemon.h"

static int
make_pipe(void)
{
	AUTO_FREE char *path = NULL, *program = NULL, *script = NULL;
	int fd;

	fuzz_make_home();
	path = xasprintf("%s/pipe", fuzz_home);
	program = xasprintf("%s/desktop", fuzz_home);
	script = xasprintf("#!/bin/sh\nexec cat %s\n", path);
	must(mkfifo(path, 0600) == 0);
	fuzz_write(program, script, strlen(script));
	must(chmod(program, 0700) == 0);
	setenv("VESPER_LIBEXEC", fuzz_home, 1);
	setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", 1);
	fd = open(path, O_RDWR | O_CLOEXEC);
	must(fd >= 0);
	return fd;
}

/* Time goes on, so that notices come; a day that was closed begins again. */
static void
go_on(struct daemon *d)
{
	struct peer peer = {.serial = UINT64_MAX, .hello = true};
	json_t *line = json_pack("{ss}", "clock", "+20m");

	requests_line(d, &peer, line);
	json_decref(line);
}

static void
say(int fd, const char *text)
{
	size_t n = strlen(text);

	must(write(fd, text, n) == (ssize_t)n);
}

struct end {
	int fd;
	const char *text;
};

static gboolean
say_again(gpointer data)
{
	struct end *end = data;

	say(end->fd, end->text);
	return G_SOURCE_CONTINUE;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static unsigned served;
	static int fd = -1;
	struct daemon *d;
	AUTO_FREE char *number = NULL, *text = NULL, *last = NULL, *line = NULL;
	struct end end;
	guint again;

	if (fd < 0)
		fd = make_pipe();
	d = fuzz_daemon("2026-11-18T10:00:00+01:00,step");
	go_on(d);
	number = xasprintf("%lld", (long long)board_number(d));
	text = fuzz_fill(data, n < 4096 ? n : 4096, number);
	last = xasprintf("fuzz %u", ++served);
	line = xasprintf("\n{\"server\":\"%s\"}\n", last);
	if (strlen(text) > 32768)
		return 0; /* all of it must fit the pipe */
	say(fd, text);
	say(fd, line);
	end = (struct end){fd, line};
	again = g_timeout_add_seconds(2, say_again, &end);
	while (!desktop_server(d->desktop) ||
		!streq(desktop_server(d->desktop), last))
		g_main_context_iteration(NULL, TRUE);
	g_source_remove(again);
	return 0;
}
