/* SPDX-License-Identifier: MIT */
/* Notes, names of branches and reasons come from files and other programs, so
 * everything printed passes text_plain() here, once. */
#include "client/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "client/paint.h"
#include "words/words.h"

static const char *say_name;

void
say_command(const char *name)
{
	say_name = name;
}

void
say_error(const char *fmt, ...)
{
	AUTO_FREE char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	if (!text)
		return;
	text_plain(text);
	if (say_name)
		fprintf(stderr, "vesper: %s: %s\n", say_name, text);
	else
		fprintf(stderr, "vesper: %s\n", text);
}

void
say_text(const char *text)
{
	AUTO_FREE char *plain = xstrdup(text);
	size_t n = strlen(plain);

	text_plain(plain);
	fputs(plain, stdout);
	if (n == 0 || plain[strlen(plain) - 1] != '\n')
		putchar('\n');
}

void
say_lines(const char *text)
{
	AUTO_FREE char *plain = xstrdup(text);
	AUTO_BUF struct buf out = {0};
	struct paint p;

	if (!isatty(STDOUT_FILENO)) {
		say_text(text);
		return;
	}
	text_plain(plain);
	paint_look(&p);
	paint_wrap(&p, plain, &out);
	say_text(out.data ? out.data : "");
}

int
say_finish(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	if (errno == EPIPE) /* the reader had enough */
		return code;
	say_error(W_CLIENT_OUTPUT, strerror(errno));
	return EXIT_NO;
}
