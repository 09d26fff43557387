/* SPDX-License-Identifier: MIT */
/*
 * Keeps the program `desktop` running: it is started again when it dies, ever
 * more rarely, and killed when it owes an answer for too long.
 */
#pragma once

#include <stdbool.h>

struct json_t;
struct keeper;

/* Called from the main loop, but for `started`, which keeper_start() calls as
 * well. */
struct keeper_calls {
	void (*started)(void *data); /* it may be told what it must know */
	void (*line)(void *data, const char *line);
	void (*ended)(void *data); /* before it is started again */
	void *data;
};

/* Starts nothing yet; never NULL, for keeper_free(). */
struct keeper *keeper_new(const struct keeper_calls *calls);

/* Starts it where there is a session bus, now or, if that fails, later. */
void keeper_start(struct keeper *k);

/* Ends the program, politely, and calls nothing any more; blocks for half a
 * second at most, or until the program is dead. */
void keeper_free(struct keeper *k);

/* Whether there is a child now. */
bool keeper_runs(const struct keeper *k);

/* One order to the program, lost when it does not run; borrowed. */
void keeper_send(struct keeper *k, const struct json_t *order);

/* Within 6 s somebody must have called keeper_answered(), or the program is
 * killed; one deadline at a time. */
void keeper_expect(struct keeper *k);
void keeper_answered(struct keeper *k);

/* There is nobody it could speak to: when it ends, it has ended. */
void keeper_rest(struct keeper *k);
