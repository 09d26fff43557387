/* SPDX-License-Identifier: MIT */
/*
 * A daemon that is killed can ask nobody to end, and of its death the kernel
 * tells only those whom it started itself: not what a command starts, and one
 * that is deaf to SIGTERM hears nothing.  So between the two there is a guard,
 * which nobody asks to end.  Nothing is executed in it, hence only system calls.
 */
#include "daemon/guard.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"

#define GONE SIGHUP /* there is no daemon any more */
#define GRACE_S 2

static void
end_as(int status)
{
	sigset_t all;

	if (WIFSIGNALED(status)) {
		signal(WTERMSIG(status), SIG_DFL);
		sigfillset(&all);
		sigprocmask(SIG_UNBLOCK, &all, NULL);
		kill(getpid(), WTERMSIG(status));
	}
	_exit(WEXITSTATUS(status));
}

/* Until the command has ended, or all of them have. */
static void
stand(pid_t command, const sigset_t *awaited)
{
	bool asked = false;
	int status, signo;

	for (;;) {
		if (sigwait(awaited, &signo) != 0)
			continue;
		if (signo == SIGALRM)
			kill(0, SIGKILL);
		if (signo == GONE) {
			asked = true;
			kill(0, SIGTERM);
			alarm(GRACE_S);
		}
		if (waitpid(command, &status, WNOHANG) != command)
			continue;
		if (asked)
			kill(0, SIGKILL); /* what it left behind */
		end_as(status);
	}
}

void
guard_set(pid_t daemon)
{
	sigset_t awaited, before;
	pid_t guard, command;

	setsid();
	sigemptyset(&awaited);
	sigaddset(&awaited, SIGCHLD);
	sigaddset(&awaited, GONE);
	sigaddset(&awaited, SIGALRM);
	sigprocmask(SIG_BLOCK, &awaited, &before);
	process_end_with_parent(daemon, GONE);
	guard = getpid();
	command = fork();
	if (command > 0) {
		signal(SIGTERM, SIG_IGN);
		process_close_from(0); /* pipes of others */
		stand(command, &awaited);
	}
	if (command == 0) /* else nobody can be had: it has no guard */
		process_end_with_parent(guard, SIGKILL);
	sigprocmask(SIG_SETMASK, &before, NULL);
}
