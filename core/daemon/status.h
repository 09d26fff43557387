/* SPDX-License-Identifier: MIT */
/* Where things stand, for people, bars and editors. */
#pragma once

#include <stdint.h>

struct daemon;
struct json_t;

/* An instant or a length, null when there is none (or it is never). */
struct json_t *status_number(int64_t value);

/* The object of `vesper status --json`; the reference is the caller's. */
struct json_t *status_json(struct daemon *d);

/* What was said last, what is due and held back, and by whom, what comes next,
 * as {"text":...,"last":{...},"pending":[...]}; in why.c. */
struct json_t *status_why(struct daemon *d);

/* The coming days as {"text":...,"days":[...]}; in plan.c. */
struct json_t *status_plan(struct daemon *d, int days);

/* {"status":TEXT,...}: what an editor's status line shows. */
struct json_t *status_line(struct daemon *d);

/* Sends the status line to subscribers when it changed. */
void status_push(struct daemon *d);
