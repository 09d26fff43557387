/* SPDX-License-Identifier: MIT */
/*
 * Who holds notices back: full screen and calls, from the first to the last of
 * them.  Do-not-disturb is known here by the name of who has it, and holds
 * nothing: it mutes the desktop alone.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct daemon;
struct holders;
struct json_t;

/* Nobody holds. holders_free() takes NULL, too, and returns it. */
struct holders *holders_new(void);
struct holders *holders_free(struct holders *h);

/* `source` (desktop, or who said so over the socket) begins or ends to hold
 * by `what`: fullscreen, call, or "" for what has no switch in [notify] hold.
 * at: when it is known to have been, or 0 for now. */
void holders_set(struct daemon *d, const char *source, const char *what,
	bool on, int64_t at);

/* After a restart: what the desktop helper saw ended with it, the new one says
 * it again; who else holds notices will say when that is over. */
void holders_restore(struct daemon *d);

/* Do-not-disturb of the desktop, by its name; NULL: off. */
void holders_dnd(struct daemon *d, const char *by);

/* Nothing more is known of what a source said. */
void holders_forget(struct daemon *d, const char *source);

/* [notify] hold was changed. */
void holders_reload(struct daemon *d);

/* [{"what":"call","by":"desktop"},{"what":"dnd","by":"dunst"}], the caller's */
struct json_t *holders_json(struct daemon *d);

/* "full screen, a call": who holds, appended to out; true when somebody. */
bool holders_text(struct daemon *d, struct buf *out);

/* Whose do-not-disturb is on, borrowed until it changes, or NULL. */
const char *holders_dnd_by(struct daemon *d);
