/* SPDX-License-Identifier: MIT */
/*
 * The history: the store as the daemon uses it, whatever happens to its file.
 * While it cannot be written, recording goes on in the reserve and is read
 * back when it can; a damaged file is set aside, never deleted.  Trouble is
 * said aloud, once.
 */
#pragma once

#include "base/err.h"

struct daemon;
struct history;
struct store_event;
struct store_notice;

/* Keeps every other daemon from this history, one that listens at another
 * socket, until the process ends. 0, or -EADDRINUSE with a sentence. */
int history_lock(const struct daemon *d, struct err *err);

/* Opens d->store. 0 in any case but that of no memory database either. */
int history_open(struct daemon *d, struct err *err);
void history_close(struct daemon *d);

/* Writes an event down, in the history or the reserve. 0 when it survives a
 * kill (and a power cut when `durable`); 1 when it is kept in memory only, or
 * the batch it belongs to failed; -errno with a sentence when it is not kept:
 * nothing happened then. */
int history_append(struct daemon *d, struct store_event *event, bool durable,
	struct err *err);

/* Removes the files beside the history that were set aside or kept, which
 * cannot be forgotten in part. Returns how many. */
int history_remove_aside(struct daemon *d);

/* Writes a notice down. 0 with notice->n, 1 when it was there already. */
int history_notice(struct daemon *d, struct store_notice *notice);

/* What is appended from here on is stored as a whole by history_commit(), which
 * returns 0, or -errno when nothing of it was stored. False when there is no
 * batch to be had. */
bool history_begin(struct daemon *d);
int history_commit(struct daemon *d);

/* A batch of events that their owner keeps until history_gathered() returns 0;
 * else he has them yet to store, as nothing else has changed. */
bool history_gather(struct daemon *d);
int history_gathered(struct daemon *d);

/* What can be done about d->trouble; NULL when that says it. */
const char *history_mend(const struct daemon *d);

/* Whether what happens is kept in the reserve, for the file cannot be used. */
bool history_is_down(const struct daemon *d);
