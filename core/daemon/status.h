/* SPDX-License-Identifier: MIT */
/* Where things stand, for people, bars and editors. */
#pragma once

struct daemon;
struct json_t;

/* The object of `vesper status --json`; the reference is the caller's. */
struct json_t *status_json(struct daemon *d);

/* What comes next and what holds it back, as {"text":...,"pending":[...]}. */
struct json_t *status_why(struct daemon *d);

/* The coming days as {"text":...,"days":[...]}. */
struct json_t *status_plan(struct daemon *d, int days);

/* {"status":TEXT,...}: what an editor's status line shows. */
struct json_t *status_line(struct daemon *d);

/* Sends the status line to subscribers when it changed. */
void status_push(struct daemon *d);
