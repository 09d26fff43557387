/* SPDX-License-Identifier: MIT */
/*
 * A day put right by the person: another start or end, a meeting that was
 * work, a pause that was not recorded as one.  Corrections lie beside what was
 * recorded and never change it.
 */
#pragma once

#include "base/buf.h"
#include "base/civil.h"

struct daemon;
struct json_t;
struct spans;

enum verb { WORK, PAUSE, START, END, VERBS };

struct correction {
	enum verb verb;
	int64_t from, to; /* from == to for START and END */
};

/* "work", "pause", "start" or "end". */
bool correction_verb(const char *word, enum verb *out);

/* As it is stored; the caller frees what is written. */
bool correction_read(const char *line, struct correction *out);
char *correction_write(const struct correction *c);

/* As a person reads and writes it: "work 09:00-12:00". */
void correction_say(const struct correction *c, struct buf *out);

/* The stretches of a day's facts. */
void correct_recorded(const struct json_t *facts, struct spans *out);

/* Corrects the facts of a day in place: "worked", "first", "last",
 * "stretches", "breaks" and "longest"; what was recorded is then under
 * "recorded", what was said under "corrections". */
void correct_apply(struct daemon *d, date_t day, struct json_t *facts);
