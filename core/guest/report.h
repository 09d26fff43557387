/* SPDX-License-Identifier: MIT */
/*
 * An editor's reports of activity.  Most say the same place as the one before,
 * and a long path twice in each line is most of what an editor would write in
 * an hour.  So it says {"again":LINE}, and the helper puts the report together,
 * whole, for the daemon and the spool, which know nothing of this.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "guest/route.h"
#include "wire/wire.h"

/* The last report in full, and where in it the number of the line is. */
static char report_text[WIRE_LINE_MAX];
static size_t report_len, report_at, report_end;

/* Keeps a report that was said in full; any other line is passed over. */
static void
report_keep(const char *s, size_t n)
{
	size_t len;
	const char *event = json_find(s, n, "event", &len), *line;

	if (!event || len != 10 || memcmp(event, "\"activity\"", 10) != 0 ||
		n > sizeof report_text)
		return;
	report_len = 0;
	line = json_find(s, n, "line", &len);
	if (!line)
		return;
	memcpy(report_text, s, n);
	report_len = n;
	report_at = (size_t)(line - s);
	report_end = report_at + len;
}

/* The last report with another number of line, in *n bytes. NULL when there is
 * none, or when the number is none. */
static const char *
report_again(const char *number, size_t len, size_t *n)
{
	static char text[WIRE_LINE_MAX + 16];
	size_t tail = report_len - report_end;

	if (!report_len || len == 0 || len > 16 ||
		strspn(number, "0123456789") < len)
		return NULL;
	memcpy(text, report_text, report_at);
	memcpy(text + report_at, number, len);
	memcpy(text + report_at + len, report_text + report_end, tail);
	*n = report_at + len + tail;
	return text;
}
