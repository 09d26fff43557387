/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as the daemon's answer to a hook, as what git and the person gave
 * it to send, and as the page and the reflog that it reads: the first becomes
 * plain text, the second JSON, the others a sentence or nothing.
 */
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/text.h"
#include "guest/json.h"
#include "guest/word.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct json line;

static void
must(bool good)
{
	if (!good)
		abort();
}

/* Nothing that a terminal acts on, whatever its bytes. */
static void
shown(const struct json_answer *answer)
{
	json_plain(&line, answer->say, answer->say_end);
	must(text_is_utf8(line.text, line.n));
	for (size_t i = 0; i < line.n; i++) {
		unsigned char c = (unsigned char)line.text[i];

		must((c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t');
		must(c != 0xc2 || (unsigned char)line.text[i + 1] >= 0xa0);
	}
}

static void
heard(const char *s, size_t n)
{
	/* jansson overlooks a NUL behind a number */
	json_t *object = memchr(s, '\\', n) || memchr(s, '\0', n) ? NULL
		: json_loadb(s, n, JSON_REJECT_DUPLICATES, NULL);
	const json_t *id = json_object_get(object, "id");
	struct json_answer answer = {0};
	bool ours = json_read_answer(s, s + n, &answer);

	if (ours)
		shown(&answer);
	if (json_is_object(object) && !memchr(s, '\n', n)) {
		must(!json_is_integer(id) ||
			ours == (json_integer_value(id) == 1));
		must(!ours || answer.block ==
			json_is_true(json_object_get(object, "block")));
	}
	json_decref(object);
}

static void
sent(const char *s)
{
	json_t *object;

	line.n = 0;
	line.full = false;
	json_put(&line, "{\"hello\":1");
	json_put_string(&line, "cwd", s);
	json_put_bool(&line, "tty", true);
	json_put_number(&line, "count", 7);
	json_put(&line, "}");
	if (line.full)
		return;
	object = json_loadb(line.text, line.n, 0, NULL);
	must(object != NULL);
	if (text_is_utf8(s, strlen(s)) && strlen(s) < JSON_STRING_MAX)
		must(streq(json_string_value(json_object_get(object, "cwd")),
			s));
	json_decref(object);
}

static void
read_beside(const char *s, size_t n)
{
	static struct word page;
	struct word_time time;
	size_t len = 0;
	const char *name = word_new_commit(s, s + n, &len);

	must(!name || (name > s && name + len < s + n));
	if (n == 0 || n > sizeof page.text)
		return;
	page = (struct word){.fd = -1};
	memcpy(page.text, s, n);
	word_parse(&page, n);
	if (!word_is(&page, WIRE_WORD_SPEAK) || !word_take_time(&page, &time))
		return;
	must(time.past >= 0 && time.of_day >= 0 && time.of_day < DAY_S);
	line.n = 0;
	line.full = false;
	word_put(&line, &page, &time);
	must(line.n <= sizeof line.text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_FREE char *text = xstrndup((const char *)data, n);

	heard((const char *)data, n);
	sent(text);
	read_beside((const char *)data, n);
	return 0;
}
