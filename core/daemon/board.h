/* SPDX-License-Identifier: MIT */
/*
 * The board: the one notice that is up.  A new one replaces it; it comes down
 * everywhere when it was answered anywhere or is no longer true.
 */
#pragma once

#include "engine/engine.h"

struct daemon;
struct err;
struct json_t;
struct outcome;

/* Nothing is up. board_free() takes NULL, too, and returns it. */
struct board *board_new(void);
struct board *board_free(struct board *b);

/* Puts up a notice the engine gave, numbered n in the store. */
void board_give(struct daemon *d, const struct engine_effect *effect,
	int64_t n);

/* After a start: puts up again what was up when the daemon ended and nobody
 * has answered, unless something newer is up by now. */
void board_restore(struct daemon *d);

/* Whether what a notice says is still so. */
bool board_holds(struct daemon *d, const struct engine_effect *effect);

/* Takes the notice down when it no longer holds. */
void board_check(struct daemon *d);

/* Carries out the button or command `action` of notice n. The answer, an
 * object for who asked, is the caller's. */
struct json_t *board_answer(struct daemon *d, int64_t n, const char *action);

/* Takes the notice down when it is of this kind: what it said was read. */
void board_read(struct daemon *d, enum engine_notice kind);

/* The notice that is up as a message ({"notice":...}), or NULL; the
 * reference is the caller's. For who connects or asks later. */
struct json_t *board_current(struct daemon *d);

/* What repositories say has arrived: the end-of-day notice says it, too. */
void board_summary(struct daemon *d, struct json_t *repositories);

/* The number of the notice that is up, or 0. */
int64_t board_number(struct daemon *d);

/* Says a plain sentence where notices go (a refused button, a damaged file);
 * it is not a notice of the engine. */
void board_tell(struct daemon *d, const char *title, const char *body);

/* The same of what was logged just before: a terminal has it already. */
void board_tell_logged(struct daemon *d, const char *title, const char *body);
