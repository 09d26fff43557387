/* SPDX-License-Identifier: MIT */
/* Options that are texts or lists: their fields are owned, and what was there
 * before is freed once the new value is known to be good. */
#include <errno.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/parse.h"
#include "config/types.h"
#include "words/words.h"

const char *
option_item(const char **s, size_t *len)
{
	const char *start = *s + strspn(*s, ", \t");
	const char *end;

	if (!*start)
		return NULL;
	if (*start == '"' && (end = strchr(start + 1, '"'))) {
		*s = end + 1;
		*len = (size_t)(end - ++start);
		return start;
	}
	*len = strcspn(start, ", \t");
	*s = start + *len;
	return start;
}

/* --- warnings --------------------------------------------------------------- */

/* Puts w where it belongs, largest first; twice the same counts once. False
 * when there is no room. */
static bool
warn_insert(int64_t *warn, int *n, int64_t w)
{
	int at = 0;

	while (at < *n && warn[at] > w)
		at++;
	if (at < *n && warn[at] == w)
		return true;
	if (*n == RULES_WARNS)
		return false;
	memmove(warn + at + 1, warn + at, (size_t)(*n - at) * sizeof *warn);
	warn[at] = w;
	++*n;
	return true;
}

static int
warn_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	int64_t warn[RULES_WARNS] = {0}, w = 0;
	const char *item;
	size_t len;
	int n = 0, r;

	while ((item = option_item(&text, &len))) {
		AUTO_FREE char *one = xstrndup(item, len);

		r = type_read_length(o, one, &w, why);
		if (r < 0)
			return r;
		if (!warn_insert(warn, &n, w))
			return err_set(why, -E2BIG, W_CONFIG_WARNS, RULES_WARNS);
	}
	memcpy(&FIELD(int64_t, o, base), warn, sizeof warn);
	SECOND(int, o, base) = n;
	return 0;
}

static void
warn_format(const struct option *o, const void *base, struct buf *out)
{
	const int64_t *warn = &CFIELD(int64_t, o, base);
	char text[32];

	for (int i = 0; i < CSECOND(int, o, base); i++)
		buf_addf(out, "%s%s", i ? " " : "",
			format_length(warn[i], text));
}

static void
warn_clear(const struct option *o, void *base)
{
	SECOND(int, o, base) = 0;
}

const struct type type_warn = {warn_parse, warn_format, warn_clear};

/* --- texts ---------------------------------------------------------------- */

static int
text_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	if (!*text)
		return err_set(why, -EINVAL, W_CONFIG_EMPTY);
	for (size_t i = 0; text[i]; i++)
		if (text[i] != '\t' && (unsigned char)text[i] < 0x20)
			return err_set(why, -EINVAL, W_CONFIG_CONTROL);
	free(FIELD(char *, o, base));
	FIELD(char *, o, base) = xstrdup(text);
	return 0;
}

static void
text_format(const struct option *o, const void *base, struct buf *out)
{
	if (CFIELD(char *, o, base))
		buf_adds(out, CFIELD(char *, o, base));
}

static void
text_clear(const struct option *o, void *base)
{
	free(FIELD(char *, o, base));
	FIELD(char *, o, base) = NULL;
}

const struct type type_text = {text_parse, text_format, text_clear};

/* Whether every quote is closed, as sh reads a line. */
static bool
is_closed(const char *s)
{
	char quote = '\0', before = ' ';

	for (; *s; before = *s++) {
		if (*s == '\\' && quote != '\'') {
			if (!*++s)
				return false;
		} else if (quote) {
			if (*s == quote)
				quote = '\0';
		} else if (*s == '\'' || *s == '"') {
			quote = *s;
		} else if (*s == '#' && (before == ' ' || before == '\t')) {
			break;
		}
	}
	return !quote;
}

static int
command_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	if (!is_closed(text))
		return err_set(why, -EINVAL, W_CONFIG_QUOTE);
	return text_parse(o, text, base, why);
}

const struct type type_command = {command_parse, text_format, text_clear};

static int
zone_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	if (*text && !civil_zone_exists(text))
		return err_set(why, -ENOENT, W_CONFIG_ZONE);
	free(FIELD(char *, o, base));
	FIELD(char *, o, base) = xstrdup(text);
	return 0;
}

const struct type type_zone = {zone_parse, text_format, text_clear};

/* --- lists of texts ------------------------------------------------------- */

static void
list_free(char **list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(list[i]);
	free(list);
}

static void
list_clear(const struct option *o, void *base)
{
	list_free(FIELD(char **, o, base), SECOND(size_t, o, base));
	FIELD(char **, o, base) = NULL;
	SECOND(size_t, o, base) = 0;
}

/* The item as it is kept, or NULL with the reason. */
static char *
author_item(const char *item, size_t len, struct err *why)
{
	const char *at = memchr(item, '@', len);

	if (!at || at == item || at == item + len - 1) {
		err_set(why, -EINVAL, W_CONFIG_AUTHOR);
		return NULL;
	}
	return xstrndup(item, len);
}

static char *
path_item(const char *item, size_t len, struct err *why)
{
	const char *home = getenv("HOME");

	if (len >= 1 && item[0] == '~' && (len == 1 || item[1] == '/') &&
		home && *home == '/')
		return xasprintf("%s%.*s", home, (int)len - 1, item + 1);
	if (len && item[0] == '/')
		return xstrndup(item, len);
	err_set(why, -EINVAL, W_CONFIG_PATH);
	return NULL;
}

static int
list_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	char *(*keep)(const char *, size_t, struct err *) =
		o->type == TYPE_PATHS ? path_item : author_item;
	char **list = NULL, *one;
	size_t n = 0, len;
	const char *item;

	while ((item = option_item(&text, &len))) {
		one = keep(item, len, why);
		if (!one) {
			list_free(list, n);
			return -EINVAL;
		}
		list = xrealloc(list, (n + 1) * sizeof *list);
		list[n++] = one;
	}
	list_clear(o, base);
	FIELD(char **, o, base) = list;
	SECOND(size_t, o, base) = n;
	return 0;
}

static void
list_format(const struct option *o, const void *base, struct buf *out)
{
	char *const *list = CFIELD(char *const *, o, base);

	for (size_t i = 0; i < CSECOND(size_t, o, base); i++)
		buf_addf(out, strpbrk(list[i], ", \t") ? "%s\"%s\"" : "%s%s",
			i ? ", " : "", list[i]);
}

const struct type type_list = {list_parse, list_format, list_clear};
