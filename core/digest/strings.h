/* SPDX-License-Identifier: MIT */
/* A list of strings that owns them. */
#pragma once

#include "base/util.h"

struct strings {
	char **v; /* NULL-terminated once anything was added */
	size_t n, cap;
};

/* Copies s; _take() keeps s itself. */
void strings_add(struct strings *list, const char *s);
void strings_take(struct strings *list, char *s);

/* ASCII case does not matter, as in e-mail addresses and object names. */
bool strings_has(const struct strings *list, const char *s);

/* The same, case and all. */
bool strings_has_exactly(const struct strings *list, const char *s);

void strings_free(struct strings *list);
