/* SPDX-License-Identifier: MIT */
/* Asks the `digest` program what repositories say of a day. */
#pragma once

#include "base/civil.h"

struct daemon;
struct json_t;

/* Asks about every repository worked in on that day. done() gets an array of
 * digest's objects (borrowed), empty when there is nothing to ask; it is
 * called once, later, from the main loop. A digest that does not end within
 * its deadline is killed; what it said by then counts, and who did not answer
 * is named. */
void digest_day(struct daemon *d, date_t day,
	void (*done)(struct daemon *d, struct json_t *repositories, void *data),
	void *data);

/* The same, with what is open there by name ("files", "todos"): for a note. */
void digest_open(struct daemon *d, date_t day,
	void (*done)(struct daemon *d, struct json_t *repositories, void *data),
	void *data);

/* A line of the program as a row that can be counted on: an object with a
 * path, numbers within bounds. NULL when it is none; the caller's. */
struct json_t *digest_row(const char *line);
