/* SPDX-License-Identifier: MIT */
/*
 * A child that speaks lines and can be killed: clean environment (nothing of
 * git's), closed descriptors, its own lines on stdin and stdout.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct child;

struct child_calls {
	void (*line)(void *data, const char *line);
	/* The last call; the child is freed afterwards. status as of wait(2). */
	void (*ended)(void *data, int status);
	void *data;
	/* Ends when its stdin does, so at our death it is told by SIGUSR2 to
	 * see to that; any other is killed then. */
	bool polite;
};

/* Starts argv[0] (a path); calls come from the main loop, never from inside.
 * A line longer than 4 MiB ends it.  Returns NULL when it cannot be started,
 * with nothing called. */
struct child *child_start(const char *const *argv,
	const struct child_calls *calls);

/* Queues bytes for its stdin; what does not fit into the pipe is written when
 * it does. A child that leaves 8 MiB unread is ended. */
void child_write(struct child *c, const char *bytes, size_t n);

/* Closes its stdin once everything is written. */
void child_finish_input(struct child *c);

/* Ends it and what it started with SIGKILL; `ended` is still called. */
void child_kill(struct child *c);

/* Ends it and calls nothing any more; not from inside `line`. NULL is fine. */
void child_abandon(struct child *c);

/* The same, politely: closes its stdin, waits at most ms milliseconds and
 * kills it then. Blocks; for the daemon's own end. */
void child_end(struct child *c, int ms);

/* Our environment without what is git's or systemd's; for g_strfreev(). */
char **child_environment(void);
