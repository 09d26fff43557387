/* SPDX-License-Identifier: MIT */
/*
 * Commits are foreign text: any byte may be missing or odd, and a malformed
 * line costs that line, never the walk.
 */
#include "digest/message.h"

#include <iconv.h>
#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"

#define SUBJECT_MAX 500

/* The header line that begins with key, or NULL; *len without key. */
static const char *
find_header(const char *text, const char *key, size_t *len)
{
	while (*text && *text != '\n') {
		const char *end = strchrnul(text, '\n');

		if (starts_with(text, key)) {
			text += strlen(key);
			*len = (size_t)(end - text);
			return text;
		}
		text = *end ? end + 1 : end;
	}
	return NULL;
}

bool
message_person(const char *text, const char *key, struct person *out)
{
	const char *open, *close, *last;
	size_t len = 0;
	const char *line = find_header(text, key, &len);

	open = line ? memchr(line, '<', len) : NULL;
	if (!open)
		return false;
	close = memchr(open, '>', len - (size_t)(open - line));
	last = memrchr(line, '>', len);
	if (!close)
		return false;
	*out = (struct person){.name = line,
		.name_len = (size_t)(open - line),
		.mail = open + 1,
		.mail_len = (size_t)(close - open - 1)};
	while (out->name_len && line[out->name_len - 1] == ' ')
		out->name_len--;
	/* beyond the line strtoll stops by itself: a newline follows */
	if (last + 2 < line + len)
		out->time = strtoll(last + 1, NULL, 10);
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* The lines of the first paragraph, joined by blanks. */
static void
join_subject(const char *text, struct buf *out)
{
	while (*text && out->len < SUBJECT_MAX * 4) {
		const char *end = strchrnul(text, '\n');
		size_t len = (size_t)(end - text);

		while (len && is_blank(text[len - 1]))
			len--;
		if (!len && out->len)
			return;
		if (out->len)
			buf_adds(out, " ");
		if (len)
			buf_add(out, text, len);
		text = *end ? end + 1 : end;
	}
}

/* In UTF-8, or NULL when encoding is unknown or the text is not of it. */
static char *
convert(const char *encoding, struct buf *text)
{
	iconv_t cd = iconv_open("UTF-8", encoding);
	size_t left = text->len, room = text->len * 4 + 1;
	char *in = text->data, *start, *out;

	if (cd == (iconv_t)-1)
		return NULL;
	start = out = xcalloc(1, room);
	if (iconv(cd, &in, &left, &out, &room) == (size_t)-1) {
		free(start);
		start = NULL;
	} else {
		*out = '\0';
	}
	iconv_close(cd);
	return start;
}

char *
message_subject(const char *text)
{
	AUTO_BUF struct buf raw = {0};
	AUTO_FREE char *encoding = NULL;
	const char *body = strstr(text, "\n\n");
	const char *header;
	char *subject = NULL;
	size_t len = 0;

	if (body)
		join_subject(body + 2, &raw);
	header = find_header(text, "encoding ", &len);
	if (header && raw.len) {
		encoding = xstrndup(header, len);
		subject = convert(encoding, &raw);
	}
	if (!subject)
		subject = buf_steal(&raw);
	text_oneline(subject);
	text_cut(subject, SUBJECT_MAX);
	return subject;
}

static const char *
next_line(const char *text)
{
	const char *end = strchrnul(text, '\n');

	return *end ? end + 1 : end;
}

bool
message_shared(const char *text, const struct strings *mine)
{
	static const char key[] = "Co-authored-by:";

	for (; *text; text = next_line(text)) {
		size_t n = strcspn(text, "\n");
		const char *open, *close;
		AUTO_FREE char *mail = NULL;

		if (strncasecmp(text, key, strlen(key)) != 0 ||
			!(open = memchr(text, '<', n)) ||
			!(close = memchr(open, '>', n - (size_t)(open - text))))
			continue;
		mail = xstrndup(open + 1, (size_t)(close - open - 1));
		if (strings_has(mine, mail))
			return true;
	}
	return false;
}

void
message_squashed(const char *text, struct strings *out)
{
	static const char hex[] = "0123456789abcdef";

	if (!strstr(text, "Squashed commit of the following:"))
		return;
	for (; *text; text = next_line(text)) {
		size_t n = starts_with(text, "commit ")
			? strspn(text + 7, hex)
			: 0;

		if (n >= 40 && text[7 + n] == '\n')
			strings_take(out, xstrndup(text + 7, n));
	}
}
