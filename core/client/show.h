/* SPDX-License-Identifier: MIT */
/* Instants, lengths and fields of the daemon's answers as people read them. */
#pragma once

#include "base/buf.h"

struct json_t;

#define SHOW_TEXT 32

/* Makes the config's timezone this process's, as the daemon does. */
void show_zone(void);

/* "18:05"; out holds SHOW_TEXT bytes. */
const char *show_time(int64_t t, char *out);

/* A field that is a date: "Wed 2026-11-18". */
void show_add_date(const struct json_t *o, const char *key, struct buf *out);

/* Hours and minutes: "6:12"; out holds SHOW_TEXT bytes. */
const char *show_length(int64_t seconds, char *out);

/* A number, a field, or what is given when it is missing, null or of another
 * type. The string is borrowed. */
int64_t show_number(const struct json_t *v, int64_t missing);
int64_t show_int(const struct json_t *o, const char *key, int64_t missing);
const char *show_string(const struct json_t *o, const char *key);
bool show_true(const struct json_t *o, const char *key);

/* The field as people read it, appended to out; nothing when it is missing. */
void show_add_time(const struct json_t *o, const char *key, struct buf *out);
void show_add_length(const struct json_t *o, const char *key, struct buf *out);
void show_add_string(const struct json_t *o, const char *key, struct buf *out);
