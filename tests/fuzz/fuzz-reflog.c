/* SPDX-License-Identifier: MIT */
/* Any bytes as a line of a reflog, and as a mark kept in the history. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "reflog/entry.h"
#include "reflog/log.h"

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
	struct reflog_mark mark;
	struct reflog_entry e;

	if (reflog_parse((const char *)data, n, &e)) {
		must(e.kind < REFLOG_KINDS && reflog_kind_name(e.kind));
		must(strlen(e.new_oid) >= 40);
		must(text_is_utf8(e.message, strlen(e.message)));
		must(!strchr(e.message, '\033'));
	}
	reflog_mark_parse(text, &mark);
	return 0;
}
