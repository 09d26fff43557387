/* SPDX-License-Identifier: MIT */
/* Sentences for people, kept apart from the codes that programs act on. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

const char *(*err_language)(const char *fmt);

static const char *__attribute__((format_arg(1)))
translated(const char *fmt)
{
	return err_language ? err_language(fmt) : fmt;
}

/* A sentence that did not fit ends at a character's edge: it must stay text. */
static void
cut(char *text, size_t size)
{
	size_t n = strlen(text);

	if (n + 1 < size)
		return;
	while (n && ((unsigned char)text[n - 1] & 0xc0) == 0x80)
		n--;
	if (n && (unsigned char)text[n - 1] >= 0xc0)
		n--;
	text[n] = '\0';
}

int
err_set(struct err *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof err->text, translated(fmt), ap);
	va_end(ap);
	cut(err->text, sizeof err->text);
	return code;
}

int
err_errno(struct err *err, int code, const char *fmt, ...)
{
	va_list ap;
	size_t used;

	if (!err)
		return -code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof err->text, translated(fmt), ap);
	va_end(ap);
	used = strlen(err->text);
	snprintf(err->text + used, sizeof err->text - used, ": %s",
		strerror(code));
	cut(err->text, sizeof err->text);
	return -code;
}
