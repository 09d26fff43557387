/* SPDX-License-Identifier: MIT */
/* UTF-8 is decoded here once, strictly; everybody else asks. */
#include "base/text.h"

#include "base/buf.h"

/* Length of the valid sequence at s (n bytes left) with its code point in
 * *cp, or 0. Table 3-7 of the Unicode standard. */
static size_t
decode(const unsigned char *s, size_t n, uint32_t *cp)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t len, i;

	if (n == 0)
		return 0;
	len = s[0] < 0x80 ? 1
		: s[0] < 0xc2 ? 0
		: s[0] < 0xe0 ? 2
		: s[0] < 0xf0 ? 3
		: s[0] < 0xf5 ? 4
			      : 0;
	if (len == 0 || len > n)
		return 0;
	*cp = len == 1 ? s[0] : s[0] & (0xffu >> (len + 1));
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | (s[i] & 0x3f);
	}
	if (*cp < least[len] || *cp > 0x10ffff ||
		(*cp >= 0xd800 && *cp <= 0xdfff))
		return 0;
	return len;
}

bool
text_is_utf8(const char *s, size_t n)
{
	uint32_t cp;
	size_t len;

	for (; n; s += len, n -= len) {
		len = decode((const unsigned char *)s, n, &cp);
		if (len == 0)
			return false;
	}
	return true;
}

static bool
harmful(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
		(cp >= 0x202a && cp <= 0x202e) ||
		(cp >= 0x2066 && cp <= 0x2069);
}

static void
clean(char *s, bool oneline)
{
	const unsigned char *in = (const unsigned char *)s;
	size_t left = strlen(s), len;
	uint32_t cp;
	bool space;

	while (left) {
		len = decode(in, left, &cp);
		space = len && (cp == '\n' || cp == '\t');
		if (space && oneline) {
			*s++ = ' ';
		} else if (len == 0 || (harmful(cp) && !space)) {
			*s++ = '?';
		} else {
			memmove(s, in, len);
			s += len;
		}
		len = len ? len : 1;
		in += len;
		left -= len;
	}
	*s = '\0';
}

void
text_json(const char *json, struct buf *out)
{
	const unsigned char *in = (const unsigned char *)json;
	size_t left = strlen(json), len;
	uint32_t cp;

	for (; left; in += len, left -= len) {
		len = decode(in, left, &cp);
		if (len > 0 && cp >= 0x20 && harmful(cp))
			buf_addf(out, "\\u%04x", (unsigned)cp);
		else
			buf_add(out, in, len ? len : 1);
		len = len ? len : 1;
	}
}

void
text_plain(char *s)
{
	clean(s, false);
}

void
text_oneline(char *s)
{
	clean(s, true);
}

/* Levenshtein distance of two short words, at most limit. */
static size_t
distance(const char *a, const char *b, size_t limit)
{
	size_t row[64], la = strlen(a), lb = strlen(b), i, j;

	if (la >= ARRAY_SIZE(row) || lb >= ARRAY_SIZE(row))
		return limit;
	for (j = 0; j <= lb; j++)
		row[j] = j;
	for (i = 1; i <= la; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (j = 1; j <= lb; j++) {
			size_t up = row[j];
			size_t swap = diagonal + (a[i - 1] != b[j - 1]);
			size_t gap = (up < row[j - 1] ? up : row[j - 1]) + 1;

			row[j] = swap < gap ? swap : gap;
			diagonal = up;
		}
	}
	return row[lb] < limit ? row[lb] : limit;
}

const char *
text_nearest(const char *word, const char *const *names, size_t n)
{
	size_t third = strlen(word) / 3, i, d;
	size_t best = (third < 2 ? 2 : third) + 1;
	const char *found = NULL;

	for (i = 0; i < n; i++) {
		d = distance(word, names[i], best);
		if (d < best) {
			best = d;
			found = names[i];
		}
	}
	return found;
}

void
text_cut(char *s, size_t max)
{
	if (strlen(s) <= max)
		return;
	while (max && ((unsigned char)s[max] & 0xc0) == 0x80)
		max--;
	s[max] = '\0';
}
