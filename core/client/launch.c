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
#include "wire/sock.h"
#include "words/words.h"

#define START_MS 3000
#define RIVAL_MS 2000 /* for the one that made ours end to be ready */
#define POLL_MS 10

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

/* In the child: cut every tie to the terminal and become vesperd. When that
 * fails, errno goes up the pipe. */
static void
become_daemon(const char *program, int report)
{
	int null = open("/dev/null", O_RDWR), code;
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
		execlp(program, "vesperd", (char *)NULL);
	}
	code = errno;
	if (write(report, &code, sizeof code) < 0)
		_exit(126);
	_exit(127);
}

/* Forks and execs. The child's pid, or -errno. */
static pid_t
spawn(const char *program, struct err *err)
{
	int pipes[2], code;
	ssize_t n;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC) < 0)
		return err_errno(err, errno, W_LAUNCH, program);
	pid = fork();
	if (pid == 0)
		become_daemon(program, pipes[1]);
	code = errno;
	close(pipes[1]);
	if (pid < 0) {
		close(pipes[0]);
		return err_errno(err, code, W_LAUNCH, program);
	}
	do
		n = read(pipes[0], &code, sizeof code);
	while (n < 0 && errno == EINTR);
	close(pipes[0]);
	if (n == (ssize_t)sizeof code) { /* else closed by a good exec */
		waitpid(pid, NULL, 0);
		return err_errno(err, code, W_LAUNCH, program);
	}
	return pid;
}

int
launch_daemon(struct err *err)
{
	AUTO_FREE char *path = paths_socket();
	AUTO_FREE char *program = find_daemon();
	int64_t end = clock_mono_ns() + START_MS * NS_PER_MS;
	bool dead = false;
	pid_t pid;

	make_absolute("VESPER_SOCKET");
	make_absolute("VESPER_CONFIG");
	make_absolute("VESPER_LIBEXEC");
	pid = spawn(program, err);
	if (pid < 0)
		return (int)pid;
	for (;;) {
		if (sock_answers(path))
			return 0;
		if (clock_mono_ns() > end)
			break;
		if (!dead && waitpid(pid, NULL, WNOHANG) == pid) {
			dead = true;
			end = clock_mono_ns() + RIVAL_MS * NS_PER_MS;
		}
		poll(NULL, 0, POLL_MS);
	}
	if (dead)
		return err_set(err, -ECHILD, W_LAUNCH_DIED);
	return err_set(err, -ETIMEDOUT, W_LAUNCH_SLOW, START_MS / 1000);
}
