/* SPDX-License-Identifier: MIT */
/*
 * What hooks would be answered, laid down before they ask: a page beside the
 * socket with one sentence, its numbers left blank, and the instant until which
 * it holds (wire.h, WIRE_WORD).  Reading it costs git less than waking us.
 */
#pragma once

struct daemon;
struct word;

/* None is there until the first update: nobody answers yet. */
struct word *word_new(void);

/* Writes the page when another one holds, or its time is over. */
void word_update(struct daemon *d);

/* Takes it away. */
struct word *word_free(struct word *w);
