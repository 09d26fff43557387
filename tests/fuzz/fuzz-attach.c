/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a line of an editor: what the helper finds in a line that is
 * JSON is what JSON says is there, and its UTF-8 is ours.
 */
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "guest/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
routed(const char *s, size_t n, const json_t *line, const char *key)
{
	const json_t *want = json_object_get(line, key);
	size_t len = 0;
	const char *value = json_find(s, n, key, &len);
	json_t *got;

	must(!value || (value >= s && value + len <= s + n));
	if (!json_is_object(line))
		return;
	must(!want == !value);
	if (!want)
		return;
	got = json_loadb(value, len, JSON_DECODE_ANY, NULL);
	must(got && json_equal(got, want));
	json_decref(got);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const keys[] = {"id", "event", "hello", "do"};
	const char *s = (const char *)data;
	json_t *line;

	must(utf8_valid(s, n) == (text_is_utf8(s, n) && !memchr(s, '\0', n)));
	/* an escaped key is nobody's, and blanks of other kinds no editor's */
	line = memchr(s, '\\', n) || memchr(s, '\n', n) || memchr(s, '\r', n)
		? NULL
		: json_loadb(s, n, JSON_REJECT_DUPLICATES, NULL);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		routed(s, n, line, keys[i]);
	json_decref(line);
	return 0;
}
