/* SPDX-License-Identifier: MIT */
/* Sets of instants as sorted spans [from, to) that do not touch. */
#pragma once

#include "base/util.h"

#define SPANS_MAX 512

struct span {
	int64_t from, to;
};

struct spans {
	struct span v[SPANS_MAX];
	int n;
};

/* A span more than SPANS_MAX can hold is joined to the one before it. */
void spans_add(struct spans *s, int64_t from, int64_t to);
void spans_remove(struct spans *s, int64_t from, int64_t to);

struct json_t;

/* Writes them to the facts of a day: "stretches", "breaks", "longest", "first"
 * and "last". */
void spans_write(const struct spans *s, struct json_t *facts);

/* The length of all of them, and of the longest. */
int64_t spans_sum(const struct spans *s);
int64_t spans_longest(const struct spans *s);
