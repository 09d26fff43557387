/* SPDX-License-Identifier: MIT */
/*
 * Lines that wait to be written.  A list, since what is in it is short-lived
 * and of any length, and since a newer line may replace one in the middle.
 * Static inline, as a guest is one file.
 */
#pragma once

#include <stdlib.h>
#include <string.h>

struct line {
	struct line *next;
	const char *kind; /* newest of it is kept; NULL: all are */
	size_t len;	  /* newline included */
	size_t done;	  /* already written */
	char text[];
};

struct queue {
	struct line *first;
	size_t bytes;
};

static inline void
queue_drop(struct queue *q, struct line **at)
{
	struct line *l = *at;

	*at = l->next;
	q->bytes -= l->len;
	free(l);
}

/* Adds a line, with its newline, at the end. Out of memory loses it: better
 * than ending the editor's only link. */
static inline void
queue_add(struct queue *q, const char *kind, const char *text, size_t n)
{
	struct line **end = &q->first, *l = malloc(sizeof *l + n + 1);

	if (!l)
		return;
	*l = (struct line){.kind = kind, .len = n + 1};
	memcpy(l->text, text, n);
	l->text[n] = '\n';
	while (*end)
		end = &(*end)->next;
	*end = l;
	q->bytes += l->len;
}

/* Forgets what a newer line of the same kind replaces. A line of which a
 * part is written already must be finished. */
static inline void
queue_forget(struct queue *q, const char *kind)
{
	struct line **at = &q->first;

	while (*at)
		if ((*at)->kind == kind && (*at)->done == 0)
			queue_drop(q, at);
		else
			at = &(*at)->next;
}
