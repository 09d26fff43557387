/* SPDX-License-Identifier: MIT */
/*
 * A day put right by the person: another start or end, a meeting that was
 * work, a pause that was not recorded as one.  Corrections lie beside what was
 * recorded and never change it.
 */
#pragma once

#include "base/civil.h"

struct daemon;
struct json_t;

/* Corrects the facts of a day in place: "worked", "first", "last",
 * "stretches", "breaks" and "longest"; what was recorded is then under
 * "recorded", what was said under "corrections". */
void correct_apply(struct daemon *d, date_t day, struct json_t *facts);

/* {"do":"correct","day":DATE,"text":TEXT} as edited, or "lines":[...] to be
 * added, or "undo":true. The answer is the caller's. */
struct json_t *correct_do(struct daemon *d, const struct json_t *in);

/* The text offered for editing; the answer {"day","text"} or an error. */
struct json_t *correct_text(struct daemon *d, date_t day);
