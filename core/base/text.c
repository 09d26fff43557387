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

/* --- from right to left --------------------------------------------------- */

#define ELLIPSIS 0x2026

enum way { NEUTRAL, LEFT_TO_RIGHT, RIGHT_TO_LEFT };

/* UAX #9, as coarse as names need it: the blocks whose characters are R or AL
 * unless Unicode says otherwise; of all others, letters and what is none. */
static enum way
way_of(uint32_t cp)
{
	if ((cp >= 0x590 && cp < 0x900) || (cp >= 0xfb1d && cp < 0xfe00) ||
		(cp >= 0xfe70 && cp < 0xfeff) ||
		(cp >= 0x10800 && cp < 0x11000) ||
		(cp >= 0x1e800 && cp < 0x1f000))
		return RIGHT_TO_LEFT;
	if (cp < 0xc0)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' ? LEFT_TO_RIGHT
								: NEUTRAL;
	return cp >= 0x2000 && cp < 0x2c00 ? NEUTRAL : LEFT_TO_RIGHT;
}

/* The character at s; the length of its bytes, 0 at the end. */
static size_t
next_char(const char *s, uint32_t *cp)
{
	return decode((const unsigned char *)s, strnlen(s, 4), cp);
}

/* The end of what runs from right to left at s: its last letter, and digits
 * and an ellipsis at it; blanks and the like only between two letters. */
static const char *
run_end(const char *s)
{
	const char *end = s, *next;
	uint32_t cp;
	size_t len;

	for (; (len = next_char(s, &cp)); s = next) {
		enum way way = way_of(cp);

		next = s + len;
		if (way == LEFT_TO_RIGHT)
			break;
		if (way == RIGHT_TO_LEFT ||
			(end == s &&
				(cp == ELLIPSIS || (cp >= '0' && cp <= '9'))))
			end = next;
	}
	return end;
}

void
text_isolate(const char *s, struct buf *out)
{
	uint32_t cp;
	size_t len;

	buf_adds(out, "");
	for (; (len = next_char(s, &cp)); s += len) {
		bool turned = way_of(cp) == RIGHT_TO_LEFT;

		if (turned)
			len = (size_t)(run_end(s) - s);
		buf_adds(out, turned ? "\u2068" : "");
		buf_add(out, s, len);
		buf_adds(out, turned ? "\u2069" : "");
	}
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
