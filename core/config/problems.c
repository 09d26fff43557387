/* SPDX-License-Identifier: MIT */
/*
 * A file can be wrong in a hundred thousand places (it may be no config at
 * all), so the list is bounded and says that it is.
 */
#include "config/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "config/options.h"
#include "words/words.h"

static char *
copy(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

/* Where a problem of that line goes: what is found at the end of the file is
 * listed where it stands. */
static size_t
place_of(const struct config_problems *p, int line)
{
	size_t i = p->n;

	while (i && p->list[i - 1].line > line)
		i--;
	return i;
}

/* Makes room for a problem before the i-th. */
static struct config_problem *
insert(struct config_problems *p, size_t i)
{
	struct config_problem *one;

	p->list = xrealloc(p->list, (p->n + 1) * sizeof *p->list);
	one = &p->list[i];
	memmove(one + 1, one, (p->n - i) * sizeof *one);
	p->n++;
	*one = (struct config_problem){0};
	return one;
}

static void
add(struct config_problems *p, const struct place *at, bool warning,
	const char *reason)
{
	struct config_problem *one;

	if (p->n > CONFIG_PROBLEMS_MAX)
		return;
	if (p->n == CONFIG_PROBLEMS_MAX) {
		one = insert(p, p->n);
		one->reason = xstrdup(W_CONFIG_MORE);
		return;
	}
	one = insert(p, place_of(p, at->line));
	one->line = at->line;
	one->warning = warning;
	one->section = copy(at->section);
	one->key = copy(at->key);
	one->value = copy(at->value);
	one->reason = xstrdup(reason);
}

static void
add_said(struct config_problems *p, const struct place *at, bool warning,
	const char *fmt, va_list ap)
{
	char reason[400];

	vsnprintf(reason, sizeof reason, fmt, ap);
	add(p, at, warning, reason);
}

void
problem_refuse(
	struct config_problems *p, const struct place *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_said(p, at, false, fmt, ap);
	va_end(ap);
}

void
problem_warn(
	struct config_problems *p, const struct place *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_said(p, at, true, fmt, ap);
	va_end(ap);
}

bool
config_problems_refused(const struct config_problems *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->list[i].warning)
			return true;
	return false;
}

const char *
config_problem_text(
	const struct config_problems *p, size_t i, bool all, struct buf *out)
{
	const struct config_problem *one = &p->list[i];
	bool quoted = one->value &&
		(all || (one->section && section_decides(one->section)));
	size_t start = out->len;

	buf_adds(out, p->file);
	if (one->line)
		buf_addf(out, ":%d", one->line);
	buf_adds(out, ":");
	if (one->section)
		buf_addf(out, " [%s]", one->section);
	if (one->key)
		buf_addf(out, " %s", one->key);
	if (quoted)
		buf_addf(out, one->key ? " = %s" : " %s", one->value);
	if (one->section || one->key || quoted)
		buf_adds(out, ":");
	buf_addf(out, " %s", one->reason);
	text_oneline(out->data + start);
	out->len = start + strlen(out->data + start);
	return out->data;
}

void
config_problems_free(struct config_problems *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->list[i].section);
		free(p->list[i].key);
		free(p->list[i].value);
		free(p->list[i].reason);
	}
	free(p->list);
	free(p->file);
	*p = (struct config_problems){0};
}
