/* SPDX-License-Identifier: MIT */
/*
 * Lists here are short (authors, known commits of a day), so that looking
 * through them is as fast as anything cleverer.
 */
#include "digest/strings.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"

void
strings_take(struct strings *list, char *s)
{
	if (list->n + 2 > list->cap) {
		list->cap = list->cap ? 2 * list->cap : 8;
		list->v = xrealloc(list->v, list->cap * sizeof *list->v);
	}
	list->v[list->n++] = s;
	list->v[list->n] = NULL;
}

void
strings_add(struct strings *list, const char *s)
{
	strings_take(list, xstrdup(s));
}

bool
strings_has(const struct strings *list, const char *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcasecmp(list->v[i], s) == 0)
			return true;
	return false;
}

bool
strings_has_exactly(const struct strings *list, const char *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->v[i], s) == 0)
			return true;
	return false;
}

void
strings_free(struct strings *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->v[i]);
	free(list->v);
	*list = (struct strings){0};
}
