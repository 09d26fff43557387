/* SPDX-License-Identifier: MIT */
/*
 * Lines out of a stream that comes in any pieces.  One that is longer than the
 * inbox is said to be so, once, and passed over up to its end.
 * Static inline, as a guest is one file.
 */
#pragma once

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a line that has not ended yet; `data` has room for `max`. */
struct inbox {
	char *data;
	size_t len, max;
	bool skip; /* the line was too long: drop it up to its end */
};

/* Who is given the lines, without their newlines, valid during the call; not
 * whole: the beginning of one that was too long. */
typedef void inbox_said(const char *s, size_t n, bool whole);

/* Hands every whole line in the inbox on. */
static inline void
inbox_take(struct inbox *in, inbox_said *said)
{
	char *s = in->data, *end = in->data + in->len, *nl;

	while ((nl = memchr(s, '\n', (size_t)(end - s)))) {
		if (!in->skip && nl > s)
			said(s, (size_t)(nl - s), true);
		in->skip = false;
		s = nl + 1;
	}
	in->len = (size_t)(end - s);
	memmove(in->data, s, in->len);
	if (in->len < in->max)
		return;
	if (!in->skip)
		said(in->data, in->len, false);
	in->skip = true;
	in->len = 0;
}

/* Reads once. False at the end of the stream. */
static inline bool
inbox_read(struct inbox *in, int fd, inbox_said *said)
{
	ssize_t n = read(fd, in->data + in->len, in->max - in->len);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (n == 0)
		return false;
	in->len += (size_t)n;
	inbox_take(in, said);
	return true;
}
