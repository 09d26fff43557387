/* SPDX-License-Identifier: MIT */
/* A day as a text to be put right, and what was made of it. */
#pragma once

#include "base/civil.h"

struct daemon;
struct json_t;

/* {"do":"correct","day":DATE,"text":TEXT} as edited, or "lines":[...] to be
 * added, or "undo":true. The answer is the caller's. */
struct json_t *amend_do(struct daemon *d, const struct json_t *in);

/* The text offered for editing; the answer {"day","text"} or an error. */
struct json_t *amend_text(struct daemon *d, date_t day);
