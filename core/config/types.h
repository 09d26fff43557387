/* SPDX-License-Identifier: MIT */
/* What types.c and lists.c share: how a type of option is read and written. */
#pragma once

#include "config/options.h"

struct type {
	/* 0, or negative with the reason in why */
	int (*parse)(const struct option *o, const char *text, void *base,
		struct err *why);
	void (*format)(
		const struct option *o, const void *base, struct buf *out);
	/* how the field is when nothing was given and there is no default */
	void (*clear)(const struct option *o, void *base);
};

/* The field of type T that o names, in base; and its second. */
#define FIELD(T, o, base) (*(T *)(void *)((char *)(base) + (o)->offset))
#define SECOND(T, o, base) (*(T *)(void *)((char *)(base) + (o)->second))
#define CFIELD(T, o, base)                                                     \
	(*(T const *)(const void *)((const char *)(base) + (o)->offset))
#define CSECOND(T, o, base)                                                    \
	(*(T const *)(const void *)((const char *)(base) + (o)->second))

/* Reads a length within o's limits. 0, or negative with the reason in why. */
int type_read_length(const struct option *o, const char *text, int64_t *out,
	struct err *why);

/* lists.c */
extern const struct type type_warn, type_text, type_command, type_zone,
	type_list;
