/* SPDX-License-Identifier: MIT */
/*
 * Two clients may do this at once: the second daemon sees the first and ends,
 * so what counts is that somebody answers, not that our child lives.
 */
#include "client/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/paths.h"
#include "base/text.h"
#include "wire/sock.h"
#include "wire/wire.h"
#include "words/words.h"

#define START_MS 3000
#define RIVAL_MS 2000 /* for the one that made ours end to be ready */
#define POLL_MS 10
#define NO_EXEC 127 /* the exit status of our child that is no daemon */

/* vesperd beside the running program, else just its name. */
static char *
find_daemon(void)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *path, *slash;

	if (n <= 0)
		return xstrdup("vesperd");
	self[n] = '\0';
	slash = strrchr(self, '/');
	*slash = '\0';
	path = xasprintf("%s/vesperd", self);
	if (access(path, X_OK) == 0)
		return path;
	free(path);
	return xstrdup("vesperd");
}

/* The daemon's directory is /, so what is relative to ours must not be. */
static void
make_absolute(const char *variable)
{
	const char *given = getenv(variable);
	char cwd[PATH_MAX];

	if (given && *given && *given != '/' && getcwd(cwd, sizeof cwd)) {
		AUTO_FREE char *path = xasprintf("%s/%s", cwd, given);

		setenv(variable, path, 1);
	}
}

/* In the child: cut every tie to the terminal and become vesperd, which says
 * up the pipe why it could not start, as we do. */
static void
become_daemon(const char *program, int report)
{
	AUTO_FREE char *number = xasprintf("%d", report);
	int null = open("/dev/null", O_RDWR);
	const char *why;
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	setsid();
	if (null >= 0 && chdir("/") == 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		/* a pipe of our caller's, kept open, would keep it waiting */
#ifdef CLOSE_RANGE_CLOEXEC
		close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);
#endif
		fcntl(report, F_SETFD, 0);
		setenv(WIRE_STARTER, number, 1);
		execlp(program, "vesperd", (char *)NULL);
	}
	why = strerror(errno);
	if (write(report, why, strlen(why)) < 0)
		_exit(126);
	_exit(NO_EXEC);
}

/* Forks and execs. The child's pid, or -errno; *report is the pipe's end. */
static pid_t
spawn(const char *program, int *report, struct err *err)
{
	int pipes[2], code;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC) < 0)
		return err_errno(err, errno, W_LAUNCH, program);
	pid = fork();
	if (pid == 0)
		become_daemon(program, pipes[1]);
	code = errno;
	close(pipes[1]);
	*report = pipes[0];
	return pid < 0 ? err_errno(err, code, W_LAUNCH, program) : pid;
}

static bool
was_daemon(int status)
{
	return !WIFEXITED(status) || WEXITSTATUS(status) != NO_EXEC;
}

/* What a child that has ended left in the pipe. */
static int
died(int report, int status, const char *program, struct err *err)
{
	char why[sizeof err->text] = "";
	ssize_t n = read(report, why, sizeof why - 1);

	why[n > 0 ? n : 0] = '\0';
	text_plain(why);
	if (!was_daemon(status))
		return err_set(err, -ENOENT, W_LAUNCH_NO, program, why);
	return err_set(err, -ECHILD, *why ? W_LAUNCH_WHY : W_LAUNCH_DIED, why);
}

/* Until somebody answers: 0, or -errno. */
static int
await(pid_t pid, int report, const char *program, struct err *err)
{
	AUTO_FREE char *path = paths_socket();
	int64_t end = clock_mono_ns() + START_MS * NS_PER_MS;
	bool dead = false;
	int status = 0;

	while (!sock_answers(path)) {
		if (clock_mono_ns() > end && dead)
			return died(report, status, program, err);
		if (clock_mono_ns() > end)
			return err_set(err, -ETIMEDOUT, W_LAUNCH_SLOW,
				START_MS / 1000);
		if (!dead && waitpid(pid, &status, WNOHANG) == pid) {
			dead = true;
			end = clock_mono_ns() +
				(was_daemon(status) ? RIVAL_MS * NS_PER_MS : 0);
		}
		poll(NULL, 0, POLL_MS);
	}
	return 0;
}

int
launch_daemon(struct err *err)
{
	AUTO_FREE char *program = find_daemon();
	AUTO_CLOSE int report = -1;
	pid_t pid;

	make_absolute("VESPER_SOCKET");
	make_absolute("VESPER_CONFIG");
	make_absolute("VESPER_LIBEXEC");
	pid = spawn(program, &report, err);
	return pid < 0 ? (int)pid : await(pid, report, program, err);
}
