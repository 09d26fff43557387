/* SPDX-License-Identifier: MIT */
/*
 * Just enough JSON for a guest: one flat object written, one read.  All in
 * fixed memory, and here rather than in a library because a guest is one
 * file, static, and must start in well under a millisecond.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "wire/wire.h"

/* What a person or another program wrote is cut here. */
#define JSON_STRING_MAX 8192

struct json {
	char text[WIRE_LINE_MAX];
	size_t n;
	bool full; /* something did not fit: the line is worth nothing */
};

struct json_answer {
	bool block;
	const char *say, *say_end; /* still escaped; NULL when there is none */
};

static void
json_add(struct json *j, const char *bytes, size_t n)
{
	if (j->full || n > sizeof j->text - j->n) {
		j->full = true;
		return;
	}
	memcpy(j->text + j->n, bytes, n);
	j->n += n;
}

static void
json_put(struct json *j, const char *s)
{
	json_add(j, s, strlen(s));
}

static void
json_put_key(struct json *j, const char *key)
{
	json_put(j, ",\"");
	json_put(j, key);
	json_put(j, "\":");
}

static void
json_put_bool(struct json *j, const char *key, bool value)
{
	json_put_key(j, key);
	json_put(j, value ? "true" : "false");
}

static void
json_put_digits(struct json *j, unsigned value)
{
	char digits[10];
	size_t n = sizeof digits;

	do
		digits[--n] = (char)('0' + value % 10);
	while (value /= 10);
	json_add(j, digits + n, sizeof digits - n);
}

static void
json_put_number(struct json *j, const char *key, unsigned value)
{
	json_put_key(j, key);
	json_put_digits(j, value);
}

/* The bytes of the character at s, or 0 when it is none of UTF-8 (RFC 3629).
 * The NUL at the end is never a continuation, so nothing is read behind it. */
static size_t
json_utf8(const unsigned char *s)
{
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2
		: s[0] < 0xf0  ? 3 : s[0] < 0xf5 ? 4 : 0;

	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
		(s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return n;
}

/* Nothing at all when value is NULL. */
static void
json_put_string(struct json *j, const char *key, const char *value)
{
	static const char hex[] = "0123456789abcdef";
	const unsigned char *s = (const unsigned char *)value;
	const unsigned char *start = s;

	if (!value)
		return;
	json_put_key(j, key);
	json_put(j, "\"");
	for (size_t n; *s && s - start < JSON_STRING_MAX; s += n ? n : 1) {
		char code[] = {'\\', 'u', '0', '0', hex[*s >> 4], hex[*s & 15]};

		n = json_utf8(s);
		if (n == 0)
			json_put(j, "\\ufffd");
		else if (*s < 0x20 || *s == 0x7f)
			json_add(j, code, sizeof code);
		else if (*s == '"' || *s == '\\')
			json_put(j, *s == '"' ? "\\\"" : "\\\\");
		else
			json_add(j, (const char *)s, n);
	}
	json_put(j, "\"");
}

/* --- reading -------------------------------------------------------------- */

/* Behind the string that begins at s, or NULL. */
static const char *
json_skip_string(const char *s, const char *end)
{
	for (s++; s < end; s++) {
		if (*s == '\\')
			s++;
		else if (*s == '"')
			return s + 1;
	}
	return NULL;
}

static const char *
json_skip_blank(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == '\r'))
		s++;
	return s;
}

/* Behind the value that begins at s, at the comma or brace; NULL when the
 * text ends before. */
static const char *
json_skip_value(const char *s, const char *end)
{
	int depth = 0;

	while (s && s < end) {
		char c = *s;

		if (depth == 0 && (c == ',' || c == '}'))
			return s;
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		s = c == '"' ? json_skip_string(s, end) : s + 1;
	}
	return NULL;
}

static bool
json_is(const char *s, const char *end, const char *want)
{
	while (end > s && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
		end--;
	return (size_t)(end - s) == strlen(want) &&
		memcmp(s, want, (size_t)(end - s)) == 0;
}

/* Reads one line; true when it is the answer to id 1. Half a line, or one
 * that is no object, is none. */
static bool
json_read_answer(const char *s, const char *end, struct json_answer *out)
{
	struct json_answer found = {0};
	bool ours = false;

	s = json_skip_blank(s, end);
	if (s == end || *s != '{')
		return false;
	do {
		const char *key = json_skip_blank(s + 1, end), *key_end, *value;

		if (key == end || *key != '"' ||
			!(key_end = json_skip_string(key, end)))
			return false;
		value = json_skip_blank(key_end, end);
		if (value == end || *value != ':')
			return false;
		value = json_skip_blank(value + 1, end);
		if (!(s = json_skip_value(value, end)))
			return false;
		if (json_is(key, key_end, "\"id\""))
			ours = json_is(value, s, "1");
		else if (json_is(key, key_end, "\"block\""))
			found.block = json_is(value, s, "true");
		else if (json_is(key, key_end, "\"say\"") && *value == '"') {
			found.say = value + 1;
			found.say_end = json_skip_string(value, end) - 1;
		}
	} while (*s == ',');
	if (ours)
		*out = found;
	return ours;
}

/* The number in four hexadecimal digits, or -1. */
static int32_t
json_hex(const char *s, const char *end)
{
	int32_t value = 0;

	if (end - s < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char c = s[i];
		int small = c | 0x20;

		if (c >= '0' && c <= '9')
			value = value * 16 + c - '0';
		else if (small >= 'a' && small <= 'f')
			value = value * 16 + small - 'a' + 10;
		else
			return -1;
	}
	return value;
}

/* One code point; control characters but newline and tab, C1 and lone
 * surrogates are dropped: it goes to a terminal. */
static void
json_add_code(struct json *j, int32_t c)
{
	char s[4];

	if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) ||
		(c >= 0xd800 && c < 0xe000))
		return;
	if (c < 0x80) {
		s[0] = (char)c;
		json_add(j, s, 1);
	} else if (c < 0x800) {
		s[0] = (char)(0xc0 | c >> 6);
		s[1] = (char)(0x80 | (c & 0x3f));
		json_add(j, s, 2);
	} else if (c < 0x10000) {
		s[0] = (char)(0xe0 | c >> 12);
		s[1] = (char)(0x80 | (c >> 6 & 0x3f));
		s[2] = (char)(0x80 | (c & 0x3f));
		json_add(j, s, 3);
	} else {
		s[0] = (char)(0xf0 | c >> 18);
		s[1] = (char)(0x80 | (c >> 12 & 0x3f));
		s[2] = (char)(0x80 | (c >> 6 & 0x3f));
		s[3] = (char)(0x80 | (c & 0x3f));
		json_add(j, s, 4);
	}
}

/* An escape; s is behind its backslash. Returns what is behind it. */
static const char *
json_unescape(struct json *j, const char *s, const char *end)
{
	int32_t high, low;

	if (*s != 'u') {
		json_add_code(j, *s == 'n' ? '\n' : *s == 't' ? '\t'
			: strchr("\"\\/", *s)		      ? *s : 0);
		return s + 1;
	}
	high = json_hex(s + 1, end);
	if (high < 0)
		return s + 1;
	s += 5;
	low = high >= 0xd800 && high < 0xdc00 && end - s >= 6 &&
			s[0] == '\\' && s[1] == 'u' ? json_hex(s + 2, end) : -1;
	if (low >= 0xdc00 && low < 0xe000) {
		high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
		s += 6;
	}
	json_add_code(j, high);
	return s;
}

/* Makes j the plain text of the escaped string s..end, with a newline at its
 * end; nothing when s is NULL or empty. What is no UTF-8 is dropped: a half
 * character and what follows it could be read as something else. The quote at
 * end is never a continuation, so nothing is read behind it. */
static void
json_plain(struct json *j, const char *s, const char *end)
{
	j->n = 0;
	while (s && s < end) {
		size_t n = json_utf8((const unsigned char *)s);
		/* C1 in UTF-8: c2 80 to c2 9f */
		bool c1 = n == 2 && s[0] == '\xc2' && (s[1] & 0xff) < 0xa0;

		if (*s == '\\' && s + 1 < end) {
			s = json_unescape(j, s + 1, end);
			continue;
		}
		if (n == 1)
			json_add_code(j, *s);
		else if (!c1)
			json_add(j, s, n);
		s += n ? n : 1;
	}
	if (j->n && j->text[j->n - 1] != '\n')
		json_put(j, "\n");
}
