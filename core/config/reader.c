/* SPDX-License-Identifier: MIT */
/*
 * inih as distributions build it gives no line numbers, parses the rest of a
 * line over 199 bytes as a line of its own (so that a key can be made out of a
 * value), takes an indented key for the continuation of the one before, cuts a
 * heading at 49 bytes and goes on in the old section after a broken one.  So it
 * gets its lines from here: counted, bounded, stripped, and only those that it
 * will understand.  What is wrong with the others is said here.
 */
#include "config/reader.h"

#include <ctype.h>
#include <ini.h>

#include "base/text.h"
#include "words/words.h"

struct reader {
	const char *next, *end;
	int line;
	bool cut;
	const struct reader_calls *calls;
	void *data;
};

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* The first of `chars` in s before a comment, or NULL; inih's own rule for
 * what a comment is: ';' after a blank. */
static const char *
find_before_comment(const char *s, const char *chars)
{
	bool was_blank = false;

	for (; *s; s++) {
		if (strchr(chars, *s))
			return s;
		if (was_blank && *s == ';')
			return NULL;
		was_blank = isspace((unsigned char)*s);
	}
	return NULL;
}

static bool
has_comment(const char *s)
{
	for (; *s; s++)
		if (*s == ';' && isspace((unsigned char)s[-1]))
			return true;
	return false;
}

static void
wrong(struct reader *r, const char *text, const char *reason)
{
	char shown[64];
	size_t n = strlen(text);

	if (n >= sizeof shown)
		n = sizeof shown - 1;
	memcpy(shown, text, n);
	shown[n] = '\0';
	text_oneline(shown);
	r->calls->wrong(r->data, r->line, shown, reason);
}

/* Takes the next line out of the text, without indentation and line end.
 * False at the end of the text. */
static bool
next_line(struct reader *r, const char **start, size_t *len)
{
	const char *end;

	if (r->next >= r->end)
		return false;
	end = memchr(r->next, '\n', (size_t)(r->end - r->next));
	if (!end)
		end = r->end;
	*start = r->next;
	r->next = end < r->end ? end + 1 : end;
	r->line++;
	while (*start < end && blank(**start))
		(*start)++;
	while (end > *start && blank(end[-1]))
		end--;
	*len = (size_t)(end - *start);
	return true;
}

/* A heading: hands its name on. False when inih must not see it. */
static bool
heading(struct reader *r, const char *s)
{
	const char *end = find_before_comment(s + 1, "]");
	const char *rest;
	char name[READER_SECTION_MAX + 1];

	if (!end) {
		wrong(r, s, W_CONFIG_NO_BRACKET);
		return false;
	}
	if (end - s - 1 > READER_SECTION_MAX) {
		wrong(r, s, W_CONFIG_LONG_HEADING);
		return false;
	}
	for (rest = end + 1; blank(*rest); rest++)
		;
	if (*rest && *rest != ';' && *rest != '#') {
		wrong(r, s, W_CONFIG_AFTER_HEADING);
		return false;
	}
	memcpy(name, s + 1, (size_t)(end - s - 1));
	name[end - s - 1] = '\0';
	r->calls->section(r->data, r->line, name);
	return true;
}

/* Whether inih may see this line; a broken heading starts a section that
 * nobody knows, so that its keys do not land in the one before. */
static bool
usable(struct reader *r, char *s)
{
	const char *separator;

	if (*s == '\0' || *s == ';' || *s == '#')
		return false;
	if (!text_is_utf8(s, strlen(s))) {
		wrong(r, s, W_CONFIG_NOT_UTF8);
		if (*s == '[')
			r->calls->section(r->data, r->line, NULL);
		return false;
	}
	if (*s == '[') {
		if (!heading(r, s))
			r->calls->section(r->data, r->line, NULL);
		return false;
	}
	separator = find_before_comment(s, "=:");
	if (!separator || separator == s) {
		wrong(r, s, W_CONFIG_NO_EQUALS);
		return false;
	}
	r->cut = has_comment(separator + 1);
	return true;
}

/* inih's reader: fgets() for lines that are fit to be seen. */
static char *
read_line(char *out, int size, void *data)
{
	struct reader *r = data;
	const char *start;
	size_t len;

	while (next_line(r, &start, &len)) {
		if (len > READER_LINE_MAX || len >= (size_t)size) {
			char head[41] = "";

			memcpy(head, start, sizeof head - 1);
			wrong(r, head, W_CONFIG_LONG_LINE);
			if (*start == '[')
				r->calls->section(r->data, r->line, NULL);
			continue;
		}
		memcpy(out, start, len);
		out[len] = '\0';
		if (usable(r, out))
			return out;
	}
	return NULL;
}

static int
on_key(void *data, const char *section, const char *key, const char *value)
{
	struct reader *r = data;

	(void)section; /* headings were handed on when they were read */
	r->calls->key(r->data, r->line, key, value, r->cut);
	return 1;
}

void
reader_run(const char *text, size_t n, const struct reader_calls *calls,
	void *data)
{
	struct reader r = {.next = text,
		.end = text + n,
		.calls = calls,
		.data = data};

	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		r.next += 3;
	ini_parse_stream(read_line, &r, on_key, &r);
}
