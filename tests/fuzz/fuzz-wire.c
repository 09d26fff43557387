/* SPDX-License-Identifier: MIT */
/*
 * Any bytes from a peer, in pieces of any size: the lines are the same however
 * the bytes came, none is too long, none hides a NUL.  The first byte is the
 * size of the pieces, the second the bound.
 */
#include <jansson.h>
#include <stdlib.h>

#include "base/text.h"
#include "wire/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
must(bool good)
{
	if (!good)
		abort();
}

/* All lines, each ended by a newline; ends at the first that is too long. */
static void
split(const uint8_t *data, size_t n, size_t piece, size_t max, struct buf *out)
{
	AUTO_BUF struct buf in = {0};
	char *line;
	int r = 0;

	while (n && r >= 0) {
		size_t now = piece < n ? piece : n;

		buf_add(&in, data, now);
		data += now;
		n -= now;
		while ((r = line_take(&in, max, &line)) == 1) {
			must(strlen(line) < max && !strchr(line, '\n'));
			buf_adds(out, line);
			buf_adds(out, "\n");
			if (text_is_utf8(line, strlen(line)))
				json_decref(json_loads(line,
					JSON_REJECT_DUPLICATES, NULL));
			free(line);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_BUF struct buf pieces = {0}, single = {0};
	size_t max;

	if (n < 2)
		return 0;
	max = data[1] + 2u;
	split(data + 2, n - 2, data[0] + 1u, max, &pieces);
	split(data + 2, n - 2, 1, max, &single);
	must(pieces.len == single.len);
	must(pieces.len == 0 || memcmp(pieces.data, single.data, single.len) == 0);
	return 0;
}
