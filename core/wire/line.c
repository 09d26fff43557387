/* SPDX-License-Identifier: MIT */
/*
 * Splitting is kept apart from reading, so that it can be tested and fuzzed
 * without a file descriptor.  A NUL would hide what follows it; it becomes a
 * byte that no reader takes for text.
 */
#include "wire/line.h"

#include <errno.h>

#include "base/alloc.h"

int
line_take(struct buf *b, size_t max, char **line)
{
	char *end = b->len ? memchr(b->data, '\n', b->len) : NULL;
	size_t whole, n;

	if (!end)
		return b->len >= max ? -EMSGSIZE : 0;
	whole = n = (size_t)(end - b->data);
	if (n >= max)
		return -EMSGSIZE;
	if (n && end[-1] == '\r')
		n--;
	*line = xmalloc(n + 1);
	memcpy(*line, b->data, n);
	(*line)[n] = '\0';
	for (size_t i = 0; i < n; i++)
		if (!(*line)[i])
			(*line)[i] = '\xff';
	buf_drop(b, whole + 1);
	return 1;
}
