/* SPDX-License-Identifier: MIT */
/* The file is read once more by the same reader, so that both take the same lines
 * for headings and keys. */
#include "config/excerpt.h"

#include "config/options.h"
#include "config/reader.h"

struct excerpt {
	struct buf *out;
	bool kept; /* the section that is being read */
};

static void
on_section(void *data, int line, const char *heading)
{
	struct excerpt *e = data;

	(void)line;
	e->kept = heading && section_decides(heading);
	if (e->kept)
		buf_addf(e->out, "[%s]\n", heading);
}

/* No blank is added: the line stays as short as the reader wants it. */
static void
on_key(void *data, int line, const char *key, const char *value, bool cut)
{
	struct excerpt *e = data;

	(void)line;
	(void)cut;
	if (e->kept)
		buf_addf(e->out, "%s=%s\n", key, value);
}

static void
on_wrong(void *data, int line, const char *text, const char *reason)
{
	(void)data;
	(void)line;
	(void)text;
	(void)reason;
}

void
config_excerpt(const char *text, size_t n, struct buf *out)
{
	static const struct reader_calls calls = {on_section, on_key, on_wrong};
	struct excerpt e = {.out = out};

	reader_run(text, n, &calls, &e);
	buf_adds(out, "");
}
