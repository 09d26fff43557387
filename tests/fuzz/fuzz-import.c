/* SPDX-License-Identifier: MIT */
/* Any bytes as a data file of timewarrior. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "client/timewarrior.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
must(bool good)
{
	if (!good)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_FREE char *text = xstrndup((const char *)data, n);
	char *rest = text, *line;

	while ((line = strsep(&rest, "\n"))) {
		struct interval i = {0};

		if (timewarrior_read(line, &i) == 0) {
			must(i.start <= i.stop);
			must(text_is_utf8(i.tag, strlen(i.tag)));
		}
		free(i.tag);
	}
	return 0;
}
