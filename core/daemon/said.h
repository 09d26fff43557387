/* SPDX-License-Identifier: MIT */
/*
 * What repositories said of a day is kept, and asked again only when something
 * changed: the watch saw it in one of them, the day has other events, the
 * config names other authors or repositories.  A repository that is not seen
 * to the last change is asked each time, and so is one that could not be read.
 */
#pragma once

#include <stdbool.h>

#include "base/civil.h"

struct daemon;
struct json_t;

/* What a question about a day depends on, besides the repositories; the caller
 * frees it. */
char *said_question(struct daemon *d, int64_t since, int64_t until);

/* The answers to it, the caller's, or NULL: ask. */
struct json_t *said_recall(struct daemon *d, date_t day, const char *question);

/* Takes what is for us only out of the answers, and keeps them, unless the
 * question is NULL or something changed since said_changes() said `before`. */
void said_keep(struct daemon *d, date_t day, const char *question,
	unsigned before, struct json_t *answers);
unsigned said_changes(void);

/* Something in this repository (its common directory) is not as it was. */
void said_changed(const char *common);

/* Nothing is at hand any more, nor is what is being asked right now to be kept;
 * what is stored is dropped by who has it. */
void said_forget(void);

/* Drops the answers that are no longer true; before the marks are kept which
 * say that the watch has told it. False when it cannot be done now. */
bool said_drop(struct daemon *d);
