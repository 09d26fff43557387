/* SPDX-License-Identifier: MIT */
/*
 * The pipe to the daemon.  Writing blocks on purpose: lines are short, the
 * daemon always reads, and a queue of our own would only hide that it does
 * not.  Reading waits for the main loop and so never blocks.
 */
#include "desktop/talk.h"

#include <errno.h>
#include <glib-unix.h>
#include <jansson.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/alloc.h"
#include "wire/line.h"
#include "wire/wire.h"

static struct {
	struct buf in;
	void (*on_line)(json_t *line);
	void (*on_end)(void);
} talk;

static void
talk_write(const char *bytes, size_t n)
{
	ssize_t done;

	while (n) {
		done = write(STDOUT_FILENO, bytes, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return; /* stdin ends as well, and that ends us */
		bytes += done;
		n -= (size_t)done;
	}
}

void
talk_say(const char *fmt, ...)
{
	struct buf out AUTO_BUF = {0};
	AUTO_FREE char *text = NULL;
	json_t *line;
	va_list ap;

	va_start(ap, fmt);
	line = json_vpack_ex(NULL, 0, fmt, ap);
	va_end(ap);
	if (line)
		text = json_dumps(line, WIRE_JSON);
	json_decref(line);
	if (!text)
		return;
	buf_addf(&out, "%s\n", text);
	talk_write(out.data, out.len);
}

static void
talk_hear(const char *text)
{
	json_error_t why;
	json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, &why);

	if (!json_is_object(line))
		talk_say("{s:s}", "error", line ? "not an object" : why.text);
	else
		talk.on_line(line);
	json_decref(line);
}

/* Takes every whole line out of what was read. */
static void
talk_split(void)
{
	char *text;
	int n;

	while ((n = line_take(&talk.in, WIRE_LINE_MAX, &text)) == 1) {
		talk_hear(text);
		free(text);
	}
	if (n < 0) {
		buf_clear(&talk.in);
		talk_say("{s:s}", "error", "line too long");
	}
}

static gboolean
talk_read(gint fd, GIOCondition condition UNUSED, gpointer data UNUSED)
{
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof bytes);

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return G_SOURCE_CONTINUE;
	if (n <= 0) {
		buf_free(&talk.in);
		talk.on_end();
		return G_SOURCE_REMOVE;
	}
	buf_add(&talk.in, bytes, (size_t)n);
	talk_split();
	return G_SOURCE_CONTINUE;
}

void
talk_start(void (*on_line)(json_t *line), void (*on_end)(void))
{
	talk.on_line = on_line;
	talk.on_end = on_end;
	g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, talk_read,
		NULL);
}
