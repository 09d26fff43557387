/* SPDX-License-Identifier: MIT */
/*
 * Each message is one write of one line, so that lines of several processes
 * do not mix.  When stderr is the journal, the <N> prefix tells it the level.
 */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static const char *log_program = "vesper";
static enum log_level log_max = LOG_INFO;
static bool log_journal;

/* The variable alone says little: what is started from a terminal of a systemd
 * session has it as well. */
static bool
is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat st;

	return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
		fstat(STDERR_FILENO, &st) == 0 && st.st_dev == device &&
		st.st_ino == inode;
}

void
log_init(const char *program, enum log_level level)
{
	log_program = program;
	log_max = level;
	log_journal = is_journal();
}

PRINTF(2, 0)
static void
log_line(enum log_level level, const char *fmt, va_list ap)
{
	static const int syslog_level[] = {3, 4, 6};
	char text[1024], line[1200];
	int n = 0;

	if (level > log_max)
		return;
	vsnprintf(text, sizeof text, fmt, ap);
	text_plain(text);
	if (log_journal)
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
