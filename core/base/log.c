/* SPDX-License-Identifier: MIT */
/*
 * Each message is one write of one line, so that lines of several processes
 * do not mix.  When stderr is the journal, the <N> prefix tells it the level.
 */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"

static const char *log_program = "vesper";
static enum log_level log_max = LOG_INFO;

void
log_init(const char *program, enum log_level level)
{
	log_program = program;
	log_max = level;
}

PRINTF(2, 0)
static void
log_line(enum log_level level, const char *fmt, va_list ap)
{
	static const int syslog_level[] = {3, 4, 6, 7};
	char text[1024], line[1200];
	int n = 0;

	if (level > log_max)
		return;
	vsnprintf(text, sizeof text, fmt, ap);
	text_plain(text);
	if (getenv("JOURNAL_STREAM"))
		n = snprintf(line, sizeof line, "<%d>", syslog_level[level]);
	n += snprintf(line + n, sizeof line - (size_t)n, "%s: %s\n",
		log_program, text);
	if (write(STDERR_FILENO, line, (size_t)n) < 0)
		return; /* nobody left to tell */
}

#define DEFINE_LOG(name, level)                                                \
	void name(const char *fmt, ...)                                        \
	{                                                                      \
		va_list ap;                                                    \
                                                                               \
		va_start(ap, fmt);                                             \
		log_line(level, fmt, ap);                                      \
		va_end(ap);                                                    \
	}

DEFINE_LOG(log_error, LOG_ERROR)
DEFINE_LOG(log_warn, LOG_WARN)
DEFINE_LOG(log_info, LOG_INFO)
DEFINE_LOG(log_debug, LOG_DEBUG)
