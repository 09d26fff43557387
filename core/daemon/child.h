/* SPDX-License-Identifier: MIT */
/*
 * A child that speaks lines and can be killed: clean environment (nothing of
 * git's), closed descriptors, its own lines on stdin and stdout.
 */
#pragma once

#include <stddef.h>

struct child;

struct child_calls {
	void (*line)(void *data, const char *line);
	/* The last call; the child is freed afterwards. status as of wait(2). */
	void (*ended)(void *data, int status);
	void *data;
};

/* Starts argv[0] (a path); calls come from the main loop, never from inside.
 * Returns NULL when it cannot be started, with nothing called. */
struct child *child_start(const char *const *argv,
	const struct child_calls *calls);

/* Queues bytes for its stdin; what does not fit into the pipe is written when
 * it does. */
void child_write(struct child *c, const char *bytes, size_t n);

/* Closes its stdin once everything is written. */
void child_finish_input(struct child *c);

/* Ends it with SIGKILL; `ended` is still called. */
void child_kill(struct child *c);

/* Ends it and calls nothing any more. NULL is fine. */
void child_abandon(struct child *c);

/* Our environment without what is git's or systemd's; for g_strfreev(). */
char **child_environment(void);
