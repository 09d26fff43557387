/* SPDX-License-Identifier: MIT */
/*
 * A child is over when it has died and its stdout is at the end, in either
 * order: its last line must not be lost because the news of its death came
 * first.  What it started is in its process group and goes when it goes, so
 * that a grandchild cannot hold the pipe open for ever.
 */
#include "daemon/child.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/process.h"
#include "wire/line.h"

/* Longest line a child may say, and what may wait to be read by it. */
#define LINE_MAX_BYTES (4 * 1024 * 1024)
#define QUEUE_MAX (8 * 1024 * 1024)

struct child {
	struct child_calls calls;
	GPid pid;
	int in, out;
	guint source_in, source_out, source_watch, source_over;
	struct buf to, from;
	int status;
	bool finish, dead;
};

/* What a new child must know; read after fork(), so nothing is allocated. */
struct birth {
	pid_t parent;
	bool polite; /* ends when its stdin does, by itself */
};

/* In the child, before exec: it does not outlive the daemon, and what the
 * daemon set up for itself is undone. */
static void
before_exec(gpointer data)
{
	const struct birth *birth = data;

	setsid();
	umask(022);
	process_end_with_parent(birth->parent,
		birth->polite ? SIGUSR2 : SIGKILL);
}

char **
child_environment(void)
{
	char **env = g_get_environ();

	for (char **e = env; *e;) {
		g_autofree char *name = g_strndup(*e, strcspn(*e, "="));

		if (g_str_has_prefix(name, "GIT_") ||
			g_str_has_prefix(name, "LISTEN_") ||
			g_str_has_prefix(name, "WATCHDOG_") ||
			streq(name, "VESPER_REASON") ||
			streq(name, "NOTIFY_SOCKET"))
			env = g_environ_unsetenv(env, name), e = env;
		else
			e++;
	}
	return env;
}

static void
child_free(struct child *c)
{
	if (c->source_in)
		g_source_remove(c->source_in);
	if (c->source_out)
		g_source_remove(c->source_out);
	if (c->source_watch)
		g_source_remove(c->source_watch);
	if (c->source_over)
		g_source_remove(c->source_over);
	if (c->in >= 0)
		close(c->in);
	if (c->out >= 0)
		close(c->out);
	buf_free(&c->to);
	buf_free(&c->from);
	g_spawn_close_pid(c->pid);
	free(c);
}

static void
end_if_over(struct child *c)
{
	struct child_calls calls = c->calls;
	int status = c->status;

	if (!c->dead || c->out >= 0)
		return;
	child_free(c);
	if (calls.ended)
		calls.ended(calls.data, status);
}

static void
on_death(GPid pid UNUSED, gint status, gpointer data)
{
	struct child *c = data;

	c->source_watch = 0;
	c->dead = true;
	c->status = status;
	kill(-c->pid, SIGKILL); /* what it left behind */
	end_if_over(c);
}

/* False when it said a line without end. */
static bool
take_lines(struct child *c)
{
	char *line;
	int r;

	while ((r = line_take(&c->from, LINE_MAX_BYTES, &line)) == 1) {
		if (c->calls.line)
			c->calls.line(c->calls.data, line);
		free(line);
	}
	return r == 0;
}

static void
close_output(struct child *c)
{
	close(c->out);
	c->out = -1;
	c->source_out = 0;
}

static gboolean
on_output(gint fd, GIOCondition condition UNUSED, gpointer data)
{
	struct child *c = data;
	char bytes[16384];
	ssize_t n = read(fd, bytes, sizeof bytes);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return G_SOURCE_CONTINUE;
	if (n > 0) {
		buf_add(&c->from, bytes, (size_t)n);
		if (take_lines(c))
			return G_SOURCE_CONTINUE;
		child_kill(c);
	}
	close_output(c);
	end_if_over(c);
	return G_SOURCE_REMOVE;
}

static void
close_input(struct child *c)
{
	if (c->in >= 0)
		close(c->in);
	c->in = -1;
}

static gboolean
on_input_ready(gint fd, GIOCondition condition UNUSED, gpointer data)
{
	struct child *c = data;
	ssize_t n = write(fd, c->to.data, c->to.len);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return G_SOURCE_CONTINUE;
	if (n < 0)
		buf_clear(&c->to); /* it closed its end */
	else
		buf_drop(&c->to, (size_t)n);
	if (c->to.len)
		return G_SOURCE_CONTINUE;
	c->source_in = 0;
	if (c->finish || n < 0)
		close_input(c);
	return G_SOURCE_REMOVE;
}

void
child_write(struct child *c, const char *bytes, size_t n)
{
	if (c->in < 0)
		return;
	if (c->to.len + n > QUEUE_MAX) {
		child_kill(c); /* it has not read for long */
		return;
	}
	buf_add(&c->to, bytes, n);
	if (!c->source_in)
		c->source_in =
			g_unix_fd_add(c->in, G_IO_OUT, on_input_ready, c);
}

void
child_finish_input(struct child *c)
{
	c->finish = true;
	if (c->to.len == 0)
		close_input(c);
}

/* Somebody outside of its group still holds the pipe of a dead child. */
static gboolean
on_over(gpointer data)
{
	struct child *c = data;

	c->source_over = 0;
	if (c->source_out)
		g_source_remove(c->source_out);
	if (c->out >= 0)
		close_output(c);
	end_if_over(c);
	return G_SOURCE_REMOVE;
}

void
child_kill(struct child *c)
{
	if (!c->dead) {
		kill(-c->pid, SIGKILL);
		kill(c->pid, SIGKILL); /* before its setsid() */
	} else if (!c->source_over) {
		c->source_over = g_idle_add(on_over, c);
	}
}

static void
reap(GPid pid, gint status UNUSED, gpointer data UNUSED)
{
	g_spawn_close_pid(pid);
}

void
child_abandon(struct child *c)
{
	if (!c)
		return;
	child_kill(c);
	if (!c->dead) {
		g_source_remove(c->source_watch);
		c->source_watch = 0;
		g_child_watch_add(c->pid, reap, NULL);
	}
	child_free(c);
}

/* True when it has ended by itself within the time. */
static bool
ends_within(struct child *c, int ms)
{
	for (; ms > 0 && !c->dead; ms -= 10) {
		c->dead = waitpid(c->pid, NULL, WNOHANG) == c->pid;
		if (!c->dead)
			poll(NULL, 0, 10);
	}
	return c->dead;
}

void
child_end(struct child *c, int ms)
{
	if (!c)
		return;
	if (c->source_watch)
		g_source_remove(c->source_watch); /* waited for here */
	c->source_watch = 0;
	close_input(c);
	if (!ends_within(c, ms)) {
		child_kill(c);
		ends_within(c, 1000);
	}
	child_free(c);
}

struct child *
child_start(const char *const *argv, const struct child_calls *calls)
{
	g_auto(GStrv) env = child_environment();
	struct child *c = xcalloc(1, sizeof *c);
	struct birth birth = {getpid(), calls->polite};

	c->calls = *calls;
	c->in = c->out = -1;
	if (!g_spawn_async_with_pipes("/", (char **)argv, env,
		    G_SPAWN_DO_NOT_REAP_CHILD, before_exec, &birth,
		    &c->pid, &c->in, &c->out, NULL, NULL)) {
		free(c);
		return NULL;
	}
	g_unix_set_fd_nonblocking(c->in, TRUE, NULL);
	g_unix_set_fd_nonblocking(c->out, TRUE, NULL);
	c->source_out = g_unix_fd_add(c->out, G_IO_IN | G_IO_HUP, on_output, c);
	c->source_watch = g_child_watch_add(c->pid, on_death, c);
	return c;
}
