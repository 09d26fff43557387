/* SPDX-License-Identifier: MIT */
/*
 * The line is split into words as a shell does, but no shell runs it: names
 * of projects are in the environment, and nothing in them can become a
 * command.  Who wants a shell writes `sh -c '...'`.
 *
 * A command has a process group and 30 seconds of its own; then it is asked
 * to end, and two seconds later made to.  What it prints goes to the log,
 * line by line.
 */
#include "daemon/onnotice.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"
#include "daemon/child.h"
#include "daemon/daemon.h"
#include "daemon/guard.h"
#include "daemon/ledger.h"
#include "daemon/summary.h"
#include "engine/names.h"
#include "wire/line.h"
#include "words/words.h"

#define LIMIT_S 30
#define GRACE_S 2
#define LINE_BYTES 1024
#define LINES_MAX 100
#define PLAN_DAYS 60

struct run {
	struct onnotice *owner;
	struct run *next;
	const char *notice; /* a name of the engine */
	GPid pid;
	int out;
	guint watch, source, limit;
	struct buf from;
	int lines;
	bool asked; /* to end */
};

struct onnotice {
	struct run *runs;
};

static void
say_line(struct run *run, char *line)
{
	if (++run->lines > LINES_MAX)
		return;
	text_oneline(line);
	log_info(W_ON_SAYS, run->notice, line);
}

static void
close_output(struct run *run)
{
	if (run->source)
		g_source_remove(run->source);
	run->source = 0;
	if (run->out >= 0)
		close(run->out);
	run->out = -1;
}

static void
run_free(struct run *run)
{
	struct run **at = &run->owner->runs;

	while (*at != run)
		at = &(*at)->next;
	*at = run->next;
	close_output(run);
	if (run->limit)
		g_source_remove(run->limit);
	if (run->watch)
		g_source_remove(run->watch);
	buf_free(&run->from);
	free(run);
}

/* Who went into the background may hold the pipe; it is read up to the limit,
 * so that nobody is ended by writing to it. */
static void
free_if_over(struct run *run)
{
	if (!run->pid && run->out < 0)
		run_free(run);
}

/* A line without end is cut into pieces. */
static void
take_lines(struct run *run, bool all)
{
	char *line;

	while (line_take(&run->from, LINE_BYTES, &line) == 1) {
		say_line(run, line);
		free(line);
	}
	if (run->from.len && (all || run->from.len > LINE_BYTES)) {
		say_line(run, run->from.data);
		buf_clear(&run->from);
	}
}

static gboolean
on_output(gint fd, GIOCondition condition UNUSED, gpointer data)
{
	struct run *run = data;
	char bytes[LINE_BYTES];
	ssize_t n = read(fd, bytes, sizeof bytes);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return G_SOURCE_CONTINUE;
	if (n > 0) {
		buf_add(&run->from, bytes, (size_t)n);
		take_lines(run, false);
		return G_SOURCE_CONTINUE;
	}
	take_lines(run, true);
	run->source = 0;
	close_output(run);
	free_if_over(run);
	return G_SOURCE_REMOVE;
}

static void
on_death(GPid pid, gint status, gpointer data)
{
	struct run *run = data;

	g_spawn_close_pid(pid);
	run->watch = 0;
	run->pid = 0;
	if (WIFSIGNALED(status))
		log_warn(W_ON_SIGNAL, run->notice, WTERMSIG(status));
	else if (WEXITSTATUS(status))
		log_warn(W_ON_FAILED, run->notice, WEXITSTATUS(status));
	free_if_over(run);
}

static gboolean
on_limit(gpointer data)
{
	struct run *run = data;

	run->limit = 0;
	if (!run->pid) { /* only the pipe is left */
		close_output(run);
		free_if_over(run);
		return G_SOURCE_REMOVE;
	}
	if (!run->asked)
		log_warn(W_ON_SLOW, run->notice, LIMIT_S);
	kill(-run->pid, run->asked ? SIGKILL : SIGTERM);
	run->asked = true;
	run->limit = g_timeout_add_seconds(GRACE_S, on_limit, run);
	return G_SOURCE_REMOVE;
}

/* --- what it is told ---------------------------------------------------------- */

static char **
set_number(char **env, const char *name, int64_t value)
{
	char text[32] = "";

	if (value != RULES_NONE)
		snprintf(text, sizeof text, "%lld", (long long)value);
	return g_environ_setenv(env, name, text, TRUE);
}

/* The start of the next day with a window, or RULES_NONE. */
static int64_t
next_start(struct daemon *d, date_t day)
{
	struct engine_plan plan;

	for (int i = 1; i <= PLAN_DAYS; i++) {
		engine_plan(ledger_engine(d), day + i, &plan);
		if (plan.workday >= 0)
			return plan.start;
	}
	return RULES_NONE;
}

static char **
facts(struct daemon *d, const struct engine_effect *effect)
{
	AUTO_BUF struct buf title = {0}, body = {0};
	struct engine_view view;
	char day[CIVIL_TEXT], end[CIVIL_TEXT] = "";
	char **env = child_environment();

	summary_title(d, effect, &title);
	summary_body(d, effect, NULL, &body);
	buf_adds(&title, "");
	buf_adds(&body, "");
	text_oneline(title.data);
	text_plain(body.data);
	ledger_view(d, &view);
	if (view.effective_end != RULES_NONE)
		civil_time_text(view.effective_end, end);
	env = g_environ_setenv(env, "VESPER_NOTICE",
		engine_notice_name(effect->notice.notice), TRUE);
	env = set_number(env, "VESPER_LEVEL", effect->notice.level);
	env = set_number(env, "VESPER_AT", effect->at);
	env = g_environ_setenv(env, "VESPER_DAY",
		civil_date_text(effect->day, day), TRUE);
	env = g_environ_setenv(env, "VESPER_END", end, TRUE);
	env = set_number(env, "VESPER_END_AT", view.effective_end);
	env = set_number(env, "VESPER_NEXT_AT", next_start(d, effect->day));
	env = set_number(env, "VESPER_WORKED", view.worked);
	env = g_environ_setenv(env, "VESPER_TITLE", title.data, TRUE);
	return g_environ_setenv(env, "VESPER_BODY", body.data, TRUE);
}

/* --- started -------------------------------------------------------------------- */

/* In the child, before exec: what it starts is ended with it, and it with us. */
static void
before_exec(gpointer data)
{
	guard_set(*(pid_t *)data);
}

/* The words of the line, "~/" of the first one expanded; NULL when it has
 * none or cannot be read. */
static char **
split(const char *line)
{
	char **argv = NULL, *path;

	if (!g_shell_parse_argv(line, NULL, &argv, NULL))
		return NULL;
	if (g_str_has_prefix(argv[0], "~/")) {
		path = g_build_filename(g_get_home_dir(), argv[0] + 2, NULL);
		g_free(argv[0]);
		argv[0] = path;
	}
	return argv;
}

static bool
spawn(struct run *run, char **argv, char **env)
{
	g_autoptr(GError) error = NULL;
	pid_t us = getpid();
	int pipes[2], null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	bool good = false;

	if (pipe2(pipes, O_CLOEXEC) == 0) {
		good = g_spawn_async_with_fds(g_get_home_dir(), argv, env,
			G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH,
			before_exec, &us, &run->pid, null, pipes[1], pipes[1],
			&error);
		close(pipes[1]);
		if (!good)
			close(pipes[0]);
	}
	if (null >= 0)
		close(null);
	if (!good) {
		log_warn(W_ON_NOT_STARTED, run->notice,
			error ? error->message : g_strerror(errno));
		return false;
	}
	run->out = pipes[0];
	g_unix_set_fd_nonblocking(run->out, TRUE, NULL);
	return true;
}

void
onnotice_run(struct daemon *d, const struct engine_effect *effect)
{
	const char *line = d->config->on_notice[effect->notice.notice];
	const char *name = engine_notice_name(effect->notice.notice);
	g_auto(GStrv) argv = NULL, env = NULL;
	struct run *run;

	if (!line || !*line)
		return;
	argv = split(line);
	if (!argv) {
		log_warn(W_ON_UNREADABLE, name);
		return;
	}
	env = facts(d, effect);
	run = xcalloc(1, sizeof *run);
	run->notice = name;
	if (!spawn(run, argv, env)) {
		free(run);
		return;
	}
	if (!d->onnotice)
		d->onnotice = xcalloc(1, sizeof *d->onnotice);
	run->owner = d->onnotice;
	run->next = run->owner->runs;
	run->owner->runs = run;
	run->source = g_unix_fd_add(run->out, G_IO_IN | G_IO_HUP, on_output,
		run);
	run->watch = g_child_watch_add(run->pid, on_death, run);
	run->limit = g_timeout_add_seconds(LIMIT_S, on_limit, run);
}

struct onnotice *
onnotice_free(struct onnotice *o)
{
	while (o && o->runs) {
		/* NOLINTNEXTLINE(*-unix.Malloc): run_free() takes it off */
		if (o->runs->pid)
			kill(-o->runs->pid, SIGTERM);
		run_free(o->runs);
	}
	free(o);
	return NULL;
}
