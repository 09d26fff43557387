/* SPDX-License-Identifier: MIT */
/*
 * Just enough JSON and UTF-8 to route a line without a library: which keys the
 * outermost object has.  The daemon parses; here a line that is not quite JSON
 * only fails to be found.  Static inline, as a guest is one file.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline size_t
json_skip_space(const char *s, size_t n, size_t i)
{
	while (i < n && (s[i] == ' ' || s[i] == '\t'))
		i++;
	return i;
}

/* i is at the opening quote; the index behind the closing one. */
static inline size_t
json_skip_string(const char *s, size_t n, size_t i)
{
	for (i++; i < n && s[i] != '"'; i++)
		if (s[i] == '\\')
			i++;
	return i < n ? i + 1 : n;
}

/* The index of the comma or bracket that ends the value at i. */
static inline size_t
json_skip_value(const char *s, size_t n, size_t i)
{
	size_t depth = 0;

	while (i < n) {
		if (s[i] == '"') {
			i = json_skip_string(s, n, i);
			continue;
		}
		if (s[i] == '{' || s[i] == '[')
			depth++;
		else if (depth == 0 &&
			 (s[i] == ',' || s[i] == '}' || s[i] == ']'))
			return i;
		else if (s[i] == '}' || s[i] == ']')
			depth--;
		i++;
	}
	return n;
}

/* The value of a key of the outermost object, as it is written, its length in
 * *len; NULL when there is no such key before the line ends or goes wrong. */
static inline const char *
json_find(const char *s, size_t n, const char *key, size_t *len)
{
	size_t want = strlen(key), i = json_skip_space(s, n, 0), k, v, klen;

	if (i >= n || s[i] != '{')
		return NULL;
	do {
		k = json_skip_space(s, n, i + 1);
		if (k >= n || s[k] != '"')
			return NULL;
		i = json_skip_string(s, n, k);
		klen = i - k - 2;
		i = json_skip_space(s, n, i);
		if (i >= n || s[i] != ':')
			return NULL;
		v = json_skip_space(s, n, i + 1);
		i = json_skip_value(s, n, v);
		if (klen == want && memcmp(s + k + 1, key, want) == 0) {
			*len = i - v;
			return s + v;
		}
	} while (i < n && s[i] == ',');
	return NULL;
}

/* Length of the valid sequence at s with left bytes (RFC 3629), or 0. */
static inline size_t
utf8_length(const unsigned char *s, size_t left)
{
	size_t len = *s < 0x80	 ? 1
		     : *s < 0xc2 ? 0
		     : *s < 0xe0 ? 2
		     : *s < 0xf0 ? 3
		     : *s < 0xf5 ? 4
				 : 0;

	if (len > left)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((*s == 0xe0 && s[1] < 0xa0) || (*s == 0xed && s[1] > 0x9f) ||
		(*s == 0xf0 && s[1] < 0x90) || (*s == 0xf4 && s[1] > 0x8f))
		return 0;
	return len;
}

/* True for UTF-8 without NUL. */
static inline bool
utf8_valid(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;
	size_t len;

	for (; p < end; p += len) {
		len = utf8_length(p, (size_t)(end - p));
		if (len == 0 || *p == '\0')
			return false;
	}
	return true;
}
