/* SPDX-License-Identifier: MIT */
/*
 * Nothing is polled: the daemon says when something changed, then the status
 * is asked for once.  A daemon that ends is waited for by watching the
 * directory of its socket.  It ends when the reader of its output does.
 */
#include "client/status-watch.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"
#include "client/commands.h"
#include "client/link.h"
#include "client/say.h"
#include "client/show.h"
#include "client/status-format.h"
#include "client/talk.h"
#include "client/tell.h"
#include "client/wait.h"
#include "wire/wire.h"
#include "words/words.h"

#define ASK "{\"get\":\"status\",\"id\":1}"

struct watch {
	const char *format; /* NULL: JSON */
	bool notices;
	bool wanting, asked; /* the status: to be asked for, asked for */
	json_t *status;	     /* the last one, or NULL */
	int64_t status_ns;   /* when it came */
	int64_t told;	     /* number of the last notice */
	char *last;	     /* line printed last */
};

/* False when nobody reads. */
static bool
print_line(struct watch *w, char *line)
{
	text_oneline(line);
	if (w->last && streq(w->last, line)) {
		free(line);
		return true;
	}
	free(w->last);
	w->last = line;
	return puts(line) >= 0 && fflush(stdout) == 0;
}

/* Seconds since the status came; a clock of a test stands still. */
static int64_t
passed(const struct watch *w)
{
	if (!streq(show_string(w->status, "clock"), "real"))
		return 0;
	return (clock_mono_ns() - w->status_ns) / NS_PER_S;
}

static bool
print_status(struct watch *w)
{
	struct buf out = {0};
	json_t *s = w->status;
	int64_t now = show_int(s, "now", 0) + passed(w);
	json_t *moved = json_copy(s);

	json_object_set_new(moved, "now", json_integer(now));
	if (w->format)
		status_format(moved, w->format, true, &out);
	json_decref(moved);
	if (!w->format) {
		free(out.data);
		return print_line(w, json_dumps(s, WIRE_JSON));
	}
	return print_line(w, buf_steal(&out));
}

/* A bar shows nothing where there is no daemon; a person is told. */
static bool
print_none(struct watch *w)
{
	json_decref(w->status);
	w->status = NULL;
	if (w->format && streq(w->format, "{state}"))
		return print_line(w, xstrdup(W_WATCH_NONE));
	if (w->format && streq(w->format, "waybar"))
		return print_line(w,
			xstrdup("{\"text\":\"\",\"class\":\"none\"}"));
	return print_line(w, xstrdup(w->format ? "" : "null"));
}

static void
tell_notice(struct watch *w, const json_t *line)
{
	int64_t n = show_int(line, "n", 0);

	if (!w->notices || (n && n == w->told))
		return;
	w->told = n;
	tell(show_string(line, "title"), show_string(line, "body"));
}

/* A line of the daemon's; false when nobody reads what is printed. */
static bool
take(struct watch *w, json_t *line)
{
	if (show_int(line, "id", 0) == 1) {
		json_decref(w->status);
		w->status = json_incref(line);
		w->status_ns = clock_mono_ns();
		w->asked = false;
		return print_status(w);
	}
	if (json_is_string(json_object_get(line, "notice")))
		tell_notice(w, line);
	w->wanting = true;
	return true;
}

static int
take_lines(struct watch *w, struct link *link)
{
	char *text;
	int r;

	while ((r = link_line(link, &text)) == 1) {
		json_t *line = json_loads(text, 0, NULL);
		bool go_on = take(w, line);

		json_decref(line);
		free(text);
		if (!go_on)
			return -EPIPE;
	}
	return r;
}

static int
tick_ms(const struct watch *w)
{
	json_t *moved;
	int seconds;

	if (!w->status || !w->format ||
		!status_format_ticks(w->format, true) ||
		!streq(show_string(w->status, "clock"), "real"))
		return -1;
	moved = json_copy(w->status);
	json_object_set_new(moved, "now",
		json_integer(show_int(moved, "now", 0) + passed(w)));
	seconds = status_next_tick(moved);
	json_decref(moved);
	return seconds < 0 ? -1 : seconds * 1000;
}

/* Asks for the status when there is a reason to, one question at a time. */
static int
ask(struct watch *w, struct link *link)
{
	int r;

	if (!w->wanting || w->asked)
		return 0;
	w->wanting = false;
	w->asked = true;
	r = link_send(link, ASK, NULL);
	return r == -EPIPE ? -ECONNRESET : r; /* -EPIPE is about stdout here */
}

/* Waits for the daemon, a minute's end or the end of our reader. */
static int
await(struct watch *w, struct link *link)
{
	struct pollfd fds[2] = {{link->fd, POLLIN, 0}, {STDOUT_FILENO, 0, 0}};
	int n = poll(fds, 2, tick_ms(w)), r;

	if (n < 0)
		return errno == EINTR ? 0 : -errno;
	if (fds[1].revents & (POLLERR | POLLHUP | POLLNVAL))
		return -EPIPE;
	if (n == 0)
		return print_status(w) ? 0 : -EPIPE;
	r = link_read(link, NULL);
	return r == -ETIMEDOUT ? 0 : r;
}

/* While connected: -EPIPE when nobody reads, else another -errno when the
 * daemon is gone. */
static int
follow(struct watch *w, struct link *link)
{
	int r = 0;

	w->asked = false;
	w->wanting = true;
	while (r == 0) {
		r = take_lines(w, link);
		if (r == 0)
			r = ask(w, link);
		if (r == 0)
			r = await(w, link);
	}
	return r;
}

/* Whether what listens speaks another protocol: no waiting will mend that. */
static bool
is_foreign(int r)
{
	return r == -EPROTO || r == -EPROTONOSUPPORT;
}

int
status_watch(const char *format, bool notices)
{
	struct watch w = {.format = format, .notices = notices};
	int r = 0;

	signal(SIGPIPE, SIG_IGN);
	show_zone();
	while (r != -EPIPE && !is_foreign(r)) {
		AUTO_LINK struct link link = LINK_INIT;
		struct err err;
		bool refused;

		link.subscribe = true;
		r = link_open(&link, &err);
		if (r == -EPIPE) /* which is about stdout here */
			r = -ECONNRESET;
		refused = r < 0;
		if (is_foreign(r))
			say_error("%s", err.text);
		if (r == 0)
			r = follow(&w, &link);
		if (r != -EPIPE && !print_none(&w))
			r = -EPIPE;
		if (r != -EPIPE && !is_foreign(r))
			r = wait_for_daemon(refused);
	}
	json_decref(w.status);
	free(w.last);
	return is_foreign(r) ? EXIT_NONE : EXIT_DONE;
}
