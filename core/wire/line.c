/* SPDX-License-Identifier: MIT */
/* Splitting is kept apart from reading, so that it can be tested and fuzzed
 * without a file descriptor. */
#include "wire/line.h"

#include <errno.h>

#include "base/alloc.h"

int
line_take(struct buf *b, size_t max, char **line)
{
	char *end = b->len ? memchr(b->data, '\n', b->len) : NULL;
	size_t n;

	if (!end)
		return b->len >= max ? -EMSGSIZE : 0;
	n = (size_t)(end - b->data);
	if (n >= max)
		return -EMSGSIZE;
	*line = xmalloc(n + 1);
	memcpy(*line, b->data, n);
	(*line)[n] = '\0';
	if (n && (*line)[n - 1] == '\r')
		(*line)[n - 1] = '\0';
	buf_drop(b, n + 1);
	return 1;
}
