/* SPDX-License-Identifier: MIT */
/*
 * An editor's helper: lines of JSON from the editor to the daemon and back.
 *
 * It exists because an editor must never wait.  Vim's own connect() to a Unix
 * socket blocks for ever when the listen queue is full, and Vim before
 * 8.2.4684 has no Unix sockets at all; a pipe to a child is safe in all of
 * them.  So everything that can be slow, absent or broken is on this side.
 *
 * There are no timers and no retries: a connection is tried when the editor
 * has something to say.  An event that finds no daemon is spooled, a request
 * is answered with an error; nothing waits for better days.  The program lives
 * as long as an editor does, hence static and small: no stdio, no jansson.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "guest/inbox.h"
#include "guest/queue.h"
#include "guest/report.h"
#include "guest/route.h"
#include "guest/spool.h"
#include "wire/wire.h"

/* What may wait for a daemon that does not read, and for an editor that does
 * not (it is suspended, or busy): beyond, events go to the spool and answers
 * are dropped. */
#define TO_DAEMON_MAX (2 * WIRE_LINE_MAX)
#define TO_EDITOR_MAX (2 * WIRE_LINE_MAX)

/* Requests that wait for their answer at the same time, and the length of an
 * id.  An editor has one or two. */
#define IDS 16
#define ID_MAX 32

static char from_editor[WIRE_LINE_MAX], from_daemon[WIRE_EDITOR_MAX];
static struct inbox editor_in = {from_editor, 0, sizeof from_editor, false};
static struct inbox daemon_in = {from_daemon, 0, sizeof from_daemon, false};
static struct queue to_daemon, to_editor;
static char hello[1024];
static char ids[IDS][ID_MAX];
static int sock = -1;
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static volatile sig_atomic_t told_to_stop;

/* --- to the editor ----------------------------------------------------- */

static void
answer_error(const char *id, const char *why)
{
	char text[128];
	int n = snprintf(
		text, sizeof text, "{\"id\":%s,\"error\":\"%s\"}", id, why);

	queue_add(&to_editor, NULL, text, (size_t)n);
}

/* The id of a line in out, as it was written; false when there is none. */
static bool
line_id(const char *s, size_t n, char *out)
{
	size_t len;
	const char *id = json_find(s, n, "id", &len);

	if (!id || len == 0 || len >= ID_MAX)
		return false;
	memcpy(out, id, len);
	out[len] = '\0';
	return true;
}

static void
ids_add(const char *id)
{
	for (int i = 0; i < IDS; i++)
		if (!*ids[i]) {
			strcpy(ids[i], id);
			return;
		}
}

static void
ids_remove(const char *id)
{
	for (int i = 0; i < IDS; i++)
		if (strcmp(ids[i], id) == 0)
			ids[i][0] = '\0';
}

/* What a push is about; of each kind only the newest waits for the editor.
 * A notice that goes by itself must not hide one that stays, and every "gone"
 * counts, so they are not of one kind. */
static const char *
push_kind(const char *s, size_t n)
{
	static const char *const kinds[] = {"status", "hello", "edit"};
	const char *level;
	size_t len;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (json_find(s, n, kinds[i], &len))
			return kinds[i];
	if (!json_find(s, n, "notice", &len))
		return NULL;
	level = json_find(s, n, "level", &len);
	return level && *level >= '2' ? "stays" : "goes";
}

/* One line of the daemon's. What is no text never reaches the editor. */
static void
daemon_said(const char *s, size_t n, bool whole)
{
	char id[ID_MAX];
	const char *kind = NULL;
	size_t len;

	if (line_id(s, n, id)) {
		if (!whole)
			answer_error(id, "the answer is too long");
		if (!whole || !json_find(s, n, "more", &len))
			ids_remove(id);
	} else if (whole) {
		kind = push_kind(s, n);
	}
	if (!whole || !utf8_valid(s, n))
		return;
	if (kind)
		queue_forget(&to_editor, kind);
	if (to_editor.bytes + n < TO_EDITOR_MAX)
		queue_add(&to_editor, kind, s, n);
}

/* --- to the daemon ----------------------------------------------------- */

/* The line finds no daemon that would read it. */
static void
line_undelivered(const char *s, size_t n, const char *why)
{
	char id[ID_MAX];
	size_t len;

	if (json_find(s, n, "event", &len))
		spool(s, n);
	if (line_id(s, n, id)) {
		ids_remove(id);
		answer_error(id, why);
	}
}

/* The connection ended: what was not sent is kept or answered, whoever waits
 * for an answer learns that none will come, and a statusline must not go on
 * showing what nobody keeps up to date. */
static void
disconnect(void)
{
	static const char nothing[] = "{\"status\":\"\",\"regime\":\"\"}";

	close(sock);
	sock = -1;
	daemon_in.len = 0;
	daemon_in.skip = false;
	while (to_daemon.first) {
		struct line *l = to_daemon.first;

		line_undelivered(l->text, l->len - 1, "no daemon");
		queue_drop(&to_daemon, &to_daemon.first);
	}
	for (int i = 0; i < IDS; i++)
		if (*ids[i]) {
			answer_error(ids[i], "no daemon");
			ids[i][0] = '\0';
		}
	daemon_said(nothing, sizeof nothing - 1, true);
}

/* Only root or oneself may be told what is worked on. */
static bool
peer_trusted(int fd)
{
	struct ucred who;
	socklen_t len = sizeof who;

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 &&
	       (who.uid == geteuid() || who.uid == 0);
}

/* A connection, or NULL with why there is none. On a Unix socket connect()
 * does not wait when it must not: a full queue is EAGAIN at once. */
static const char *
connection_make(void)
{
	int fd;

	if (!address.sun_path[0])
		return "no daemon";
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return "no daemon";
	if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		bool busy = errno == EAGAIN;

		close(fd);
		return busy ? "the daemon is busy" : "no daemon";
	}
	if (!peer_trusted(fd)) {
		close(fd);
		return "no daemon";
	}
	sock = fd;
	if (*hello)
		queue_add(&to_daemon, NULL, hello, strlen(hello));
	return NULL;
}

/* Writes what the daemon takes now. */
static void
daemon_flush(void)
{
	while (sock >= 0 && to_daemon.first) {
		struct line *l = to_daemon.first;
		ssize_t n = send(sock, l->text + l->done, l->len - l->done,
			MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n < 0) {
			disconnect();
			return;
		}
		l->done += (size_t)n;
		if (l->done == l->len)
			queue_drop(&to_daemon, &to_daemon.first);
	}
}

/* True when the line is the hello, which is kept for later connections. */
static bool
hello_keep(const char *s, size_t n)
{
	size_t len;

	if (n >= sizeof hello || !json_find(s, n, "hello", &len))
		return false;
	memcpy(hello, s, n);
	hello[n] = '\0';
	return true;
}

/* One line of the editor's. */
static void
editor_said(const char *s, size_t n, bool whole)
{
	static const char pong[] = "{\"pong\":true}";
	const char *why = NULL;
	const char *again;
	char id[ID_MAX];
	size_t len;

	while (n && (s[n - 1] == ' ' || s[n - 1] == '\r'))
		n--;
	if (!whole || !utf8_valid(s, n)) {
		if (line_id(s, n, id))
			answer_error(id, "the line cannot be sent");
		return;
	}
	if (n == 0 || *s != '{')
		return;
	if (json_find(s, n, "ping", &len)) {
		/* For the editor to see that somebody reads at all. */
		queue_forget(&to_editor, pong);
		queue_add(&to_editor, pong, pong, sizeof pong - 1);
		return;
	}
	if (hello_keep(s, n)) {
		if (sock < 0)
			connection_make();
		return;
	}
	again = json_find(s, n, "again", &len);
	if (again && !(s = report_again(again, len, &n)))
		return;
	if (!again)
		report_keep(s, n);
	if (sock < 0)
		why = connection_make();
	if (!why && to_daemon.bytes + n > TO_DAEMON_MAX)
		why = "the daemon is busy";
	if (why) {
		line_undelivered(s, n, why);
		return;
	}
	if (line_id(s, n, id))
		ids_add(id);
	queue_add(&to_daemon, NULL, s, n);
}

/* --- the loop ---------------------------------------------------------- */

/* One line at a time, each at most PIPE_BUF: after POLLOUT a pipe takes it
 * whole, so the editor's end need not be made non-blocking for it. */
static bool
editor_write(void)
{
	struct line *l = to_editor.first;
	ssize_t n;

	if (!l)
		return true;
	n = write(STDOUT_FILENO, l->text + l->done, l->len - l->done);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	l->done += (size_t)n;
	if (l->done == l->len)
		queue_drop(&to_editor, &to_editor.first);
	return true;
}

/* One turn of the loop. False when it is time to go. */
static bool
turn(const sigset_t *awake)
{
	short out = to_editor.first ? POLLOUT : 0;
	short more = to_daemon.first ? POLLOUT : 0;
	struct pollfd p[] = {
		{.fd = STDIN_FILENO, .events = POLLIN},
		{.fd = STDOUT_FILENO, .events = out},
		{.fd = sock, .events = (short)(POLLIN | more)},
	};

	if (ppoll(p, 3, NULL, awake) < 0)
		return errno == EINTR && !told_to_stop;
	if (p[2].revents & (POLLIN | POLLHUP | POLLERR) &&
		!inbox_read(&daemon_in, sock, daemon_said))
		disconnect();
	if (p[0].revents && !inbox_read(&editor_in, STDIN_FILENO, editor_said))
		return false;
	daemon_flush();
	if (p[1].revents & (POLLERR | POLLHUP | POLLNVAL))
		return false;
	return !(p[1].revents & POLLOUT) || editor_write();
}

/* The editor's last line ("bye") may still be in the pipe when the signal
 * comes: what is there is taken, nothing is waited for. */
static void
finish(void)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};

	while (poll(&p, 1, 0) > 0 && p.revents & POLLIN &&
		inbox_read(&editor_in, STDIN_FILENO, editor_said)) {
	}
	daemon_flush();
	if (sock >= 0)
		disconnect();
}

/* --- start ------------------------------------------------------------- */

static void
stop(int signo)
{
	(void)signo;
	told_to_stop = 1;
}

/* TERM and HUP are let in only while waiting, so that none is missed. */
static void
signals_prepare(sigset_t *awake)
{
	static const int ends[] = {SIGTERM, SIGHUP, SIGINT};
	struct sigaction sa = {.sa_handler = stop};
	sigset_t held;

	sigemptyset(&held);
	sigemptyset(awake);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		sigaction(ends[i], &sa, NULL);
		sigaddset(&held, ends[i]);
	}
	sigprocmask(SIG_SETMASK, &held, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* $variable/tail, or HOME/fallback/tail; false when it does not fit. */
static bool
place(char *out, size_t size, const char *variable, const char *tail)
{
	const char *dir = getenv(variable), *home = getenv("HOME");
	int n = -1;

	if (dir && *dir == '/')
		n = snprintf(out, size, "%s/vesper/%s", dir, tail);
	else if (home && *home == '/')
		n = snprintf(
			out, size, "%s/.local/state/vesper/%s", home, tail);
	if (n > 0 && (size_t)n < size)
		return true;
	*out = '\0';
	return false;
}

/* The same places as base/paths.c finds; tests compare. */
static void
places_find(void)
{
	char *path = address.sun_path;
	const char *given = getenv("VESPER_SOCKET");
	const char *run = getenv("XDG_RUNTIME_DIR");
	size_t size = sizeof address.sun_path;

	place(spool_dir, sizeof spool_dir, "XDG_STATE_HOME", "spool");
	if (given && *given) {
		if (strlen(given) < size)
			strcpy(path, given);
	} else if (run && *run == '/') {
		place(path, size, "XDG_RUNTIME_DIR", "socket");
	} else {
		place(path, size, "XDG_STATE_HOME", "run/socket");
	}
}

int
main(int argc, char **argv)
{
	sigset_t awake;

	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		puts("vesper attach " VESPER_VERSION);
		return 0;
	}
	places_find();
	spool_prepare();
	/* An editor started by git holds GIT_DIR, GIT_INDEX_FILE and a working
	 * tree: nothing of that may be kept alive or handed on from here. */
	clearenv();
	if (chdir("/") < 0)
		return 1;
	umask(077);
#ifdef SYS_close_range
	syscall(SYS_close_range, 3U, ~0U, 0U);
#endif
	signals_prepare(&awake);
	while (turn(&awake)) {
	}
	finish();
	return 0;
}
