/* SPDX-License-Identifier: MIT */
/*
 * Everything here has an end: five seconds for an answer (more where the
 * daemon has to read repositories for it), and a bound on its size.  A daemon
 * that hangs must not take a status bar with it.
 */
#include "client/link.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/paths.h"
#include "client/launch.h"
#include "wire/line.h"
#include "wire/sock.h"
#include "wire/wire.h"
#include "words/words.h"

#define TALK_MS 5000
#define SLOW_MS 40000 /* repositories are given 30 s */

static void
set_deadline(struct link *link)
{
	link->deadline_ns = clock_mono_ns() +
		(link->slow ? SLOW_MS : TALK_MS) * NS_PER_MS;
}

static int
left_ms(const struct link *link)
{
	int64_t left = link->deadline_ns - clock_mono_ns();

	return left > 0 ? (int)(left / NS_PER_MS) + 1 : 0;
}

/* Reads what there is, waiting until the deadline. */
static int
receive(struct link *link, struct err *err)
{
	struct pollfd p = {.fd = link->fd, .events = POLLIN};
	char chunk[16384];
	ssize_t n;
	int r;

	do
		r = poll(&p, 1, left_ms(link));
	while (r < 0 && errno == EINTR);
	if (r < 0)
		return err_errno(err, errno, W_LINK_READ);
	if (r == 0)
		return err_set(err, -ETIMEDOUT, W_LINK_SILENT,
			(link->slow ? SLOW_MS : TALK_MS) / 1000);
	n = read(link->fd, chunk, sizeof chunk);
	if (n < 0 && errno == EINTR)
		return 0;
	if (n < 0 && errno != ECONNRESET)
		return err_errno(err, errno, W_LINK_READ);
	if (n <= 0)
		return err_set(err, -ECONNRESET, W_LINK_HUNG_UP);
	buf_add(&link->in, chunk, (size_t)n);
	return 0;
}

/* The next line; the caller frees it. */
static int
next_line(struct link *link, char **line, struct err *err)
{
	int r;

	for (;;) {
		r = line_take(&link->in, LINK_LINE_MAX, line);
		if (r > 0)
			return 0;
		if (r < 0)
			return err_set(err, r, W_LINK_LONG);
		r = receive(link, err);
		if (r < 0)
			return r;
	}
}

static int
send_line(struct link *link, const char *text, struct err *err)
{
	AUTO_FREE char *line = xasprintf("%s\n", text);
	int r = sock_write(link->fd, line, strlen(line), left_ms(link));

	if (r == -EPIPE)
		return err_set(err, r, W_LINK_HUNG_UP);
	if (r < 0)
		return err_errno(err, -r, W_LINK_WRITE);
	return 0;
}

/* Whether it ends as the daemon's last lines do: a long answer need not be
 * taken apart to know. A quote within a text is never without its escape. */
static bool
is_plainly_last(const char *line)
{
	static const char end[] = ",\"id\":1}";
	size_t n = strlen(line);

	return n >= sizeof end && streq(line + n - (sizeof end - 1), end) &&
		!strstr(line, "\"more\":true");
}

/* Judges a line of an answer: 1 when more follow, 0 for the last, -EAGAIN
 * for a line that is not for us. */
static int
judge(const char *line)
{
	json_t *o;
	bool ours, more;

	if (is_plainly_last(line))
		return 0;
	o = json_loads(line, 0, NULL);
	ours = json_integer_value(json_object_get(o, "id")) == 1 ||
		json_object_get(o, "error");
	more = json_is_true(json_object_get(o, "more"));
	json_decref(o);
	return !ours ? -EAGAIN : more;
}

int
link_ask(struct link *link, const char *request, struct buf *out,
	struct err *err)
{
	int more = 1, r;

	set_deadline(link);
	r = send_line(link, request, err);
	if (r < 0)
		return r;
	while (more) {
		AUTO_FREE char *line = NULL;

		r = next_line(link, &line, err);
		if (r < 0)
			return r;
		r = judge(line);
		if (r < 0)
			continue;
		more = r;
		if (out->len + strlen(line) > LINK_ANSWER_MAX)
			return err_set(err, -EMSGSIZE, W_LINK_LONG);
		buf_addf(out, "%s\n", line);
	}
	return 0;
}

/* Takes from the end of a record what says that more follows; its length. */
static size_t
unmark(char *line, size_t n)
{
	static const char mark[] = ",\"more\":true,\"id\":1}";
	size_t len = sizeof mark - 1;

	if (n <= len || memcmp(line + n - len, mark, len) != 0)
		return n;
	line[n - len] = '}';
	return n - len + 1;
}

/* Hands out the whole lines in link->in; 1 when the last of them is the
 * answer, which is in out then. */
static int
hand_out(struct link *link, void (*fn)(void *data, const char *line, size_t n),
	void *data, struct buf *out)
{
	char *at = link->in.data, *end = at + link->in.len, *stop;
	int done = 0;

	while (!done && at < end &&
		(stop = memchr(at, '\n', (size_t)(end - at)))) {
		if (starts_with(at, "{\"at\":") ||
			starts_with(at, "{\"day\":")) {
			fn(data, at, unmark(at, (size_t)(stop - at)));
		} else {
			*stop = '\0';
			done = judge(at) == 0;
			if (done)
				buf_addf(out, "%s\n", at);
		}
		at = stop + 1;
	}
	buf_drop(&link->in, (size_t)(at - link->in.data));
	return done;
}

int
link_stream(struct link *link, const char *request,
	void (*fn)(void *data, const char *line, size_t n), void *data,
	struct buf *out, struct err *err)
{
	int r;

	set_deadline(link);
	r = send_line(link, request, err);
	while (r == 0) {
		r = receive(link, err);
		if (r < 0)
			return r;
		if (hand_out(link, fn, data, out))
			return 0;
		if (link->in.len > LINK_LINE_MAX)
			return err_set(err, -EMSGSIZE, W_LINK_LONG);
	}
	return r;
}

static void
take_today(struct link *link, const json_t *hello)
{
	const char *today = json_string_value(json_object_get(hello, "today"));

	snprintf(link->today, sizeof link->today, "%s", today ? today : "");
}

/* Reads the daemon's hello and makes sure that we can talk. */
static int
shake_hands(struct link *link, struct err *err)
{
	AUTO_FREE char *line = NULL;
	int mine = link->protocol ? link->protocol : WIRE_PROTOCOL;
	AUTO_FREE char *hello = xasprintf(
		"{\"hello\":%d,\"as\":\"client\",\"version\":\"" VESPER_VERSION
		"\"%s}",
		mine, link->subscribe ? ",\"subscribe\":true" : "");
	json_t *o, *version;
	int r = send_line(link, hello, err);

	if (r == 0)
		r = next_line(link, &line, err);
	if (r < 0)
		return r;
	o = json_loads(line, 0, NULL);
	version = json_object_get(o, "hello");
	if (!json_is_integer(version))
		r = err_set(err, -EPROTO, W_LINK_STRANGE);
	else if (json_integer_value(version) != mine)
		r = err_set(err, -EPROTONOSUPPORT, W_LINK_PROTOCOL,
			(int)json_integer_value(version), WIRE_PROTOCOL);
	if (r == -EPROTONOSUPPORT)
		link->protocol = (int)json_integer_value(version);
	take_today(link, o);
	json_decref(o);
	return r;
}

int
link_open(struct link *link, struct err *err)
{
	AUTO_FREE char *path = paths_socket();
	int fd = sock_connect(path, err);

	if (fd == -ENOENT || fd == -ECONNREFUSED) {
		err_set(err, 0, W_LINK_NONE);
		return LINK_NONE;
	}
	if (fd == -EAGAIN)
		return err_set(err, fd, W_LINK_SILENT, TALK_MS / 1000);
	if (fd < 0)
		return fd;
	link->fd = fd;
	set_deadline(link);
	return shake_hands(link, err);
}

int
link_start(struct link *link, bool *started, struct err *err)
{
	int r = link_open(link, err);

	*started = false;
	if (r != LINK_NONE)
		return r;
	r = launch_daemon(err);
	if (r < 0)
		return LINK_NONE;
	*started = true;
	return link_open(link, err);
}

int
link_send(struct link *link, const char *line, struct err *err)
{
	set_deadline(link);
	return send_line(link, line, err);
}

int
link_read(struct link *link, struct err *err)
{
	link->deadline_ns = 0;
	return receive(link, err);
}

int
link_line(struct link *link, char **line)
{
	return line_take(&link->in, LINK_LINE_MAX, line);
}

int
link_wait_end(struct link *link)
{
	int r;

	set_deadline(link);
	do {
		buf_clear(&link->in);
		r = receive(link, NULL);
	} while (r == 0);
	return r == -ETIMEDOUT ? r : 0;
}

void
link_close(struct link *link)
{
	util_closep(&link->fd);
	buf_free(&link->in);
}
