/* SPDX-License-Identifier: MIT */
/*
 * vfork, not fork: a worker maps packs of hundreds of megabytes, and copying
 * its page tables costs more than git needs to start.  The guards are given
 * with -c, which wins over every file and reaches git's own children; the
 * names of filters may hold '=' and go through the environment.
 */
#include "digest/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/process.h"
#include "base/text.h"
#include "words/words.h"

extern char **environ;

#define ERROR_MAX 4096 /* of stderr, kept to read on */
#define WORDS_MAX 200  /* of that, shown */

static const char *const guards[] = {
	"git", "--no-pager", "--no-optional-locks", "--literal-pathspecs",
	"-c", "core.fsmonitor=false",
	"-c", "core.hooksPath=/dev/null",
	"-c", "core.sshCommand=false",
	"-c", "core.gitProxy=false",
	"-c", "core.pager=cat",
	"-c", "core.alternateRefsCommand=false",
	"-c", "protocol.allow=never",
	"-c", "log.showSignature=false",
	"-c", "log.showRoot=true",
	"-c", "submodule.recurse=false",
	"-c", "gc.auto=0",
	"-c", "maintenance.auto=false",
};

static const char *const settings[] = {
	"GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
	"GIT_TERMINAL_PROMPT=0", "GIT_PAGER=cat", "GIT_FLUSH=0",
	"LC_ALL=C", "LANGUAGE=",
};

/* Of the user's GIT_* only what names the user and the user's own files. */
static const char *const kept[] = {
	"GIT_AUTHOR_NAME=", "GIT_AUTHOR_EMAIL=", "GIT_CONFIG_NOSYSTEM=",
	"GIT_CONFIG_GLOBAL=", "GIT_CONFIG_SYSTEM=", "GIT_EXEC_PATH=",
};

static bool
is_kept(const char *variable)
{
	if (starts_with(variable, "LC_ALL=") ||
		starts_with(variable, "LANGUAGE="))
		return false;
	if (!starts_with(variable, "GIT_"))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(kept); i++)
		if (starts_with(variable, kept[i]))
			return true;
	return false;
}

static void
switch_off(struct strings *env, const struct strings *filters)
{
	static const char *const keys[] = {"clean", "smudge", "process"};
	unsigned n = 0;

	for (size_t i = 0; filters && i < filters->n; i++) {
		for (size_t k = 0; k < ARRAY_SIZE(keys); k++, n++) {
			strings_take(env, xasprintf("GIT_CONFIG_KEY_%u=filter."
				"%s.%s", n, filters->v[i], keys[k]));
			strings_take(env, xasprintf("GIT_CONFIG_VALUE_%u=", n));
		}
		strings_take(env, xasprintf("GIT_CONFIG_KEY_%u=filter.%s."
			"required", n, filters->v[i]));
		strings_take(env, xasprintf("GIT_CONFIG_VALUE_%u=false", n++));
	}
	if (n)
		strings_take(env, xasprintf("GIT_CONFIG_COUNT=%u", n));
}

static void
make_environment(struct strings *env, const struct child *child)
{
	const char *slash = strrchr(child->dir, '/');

	for (char **e = environ; *e; e++)
		if (is_kept(*e))
			strings_add(env, *e);
	for (size_t i = 0; i < ARRAY_SIZE(settings); i++)
		strings_add(env, settings[i]);
	/* a broken repository must not answer with the one around it */
	strings_take(env, xasprintf("GIT_CEILING_DIRECTORIES=%.*s",
		(int)(slash ? slash - child->dir : 0), child->dir));
	switch_off(env, child->filters);
}

struct pipes {
	int in[2], out[2], err[2];
};

static void
close_pipes(struct pipes *p)
{
	for (int i = 0; i < 2; i++) {
		util_closep(&p->in[i]);
		util_closep(&p->out[i]);
		util_closep(&p->err[i]);
	}
}

static int
open_pipes(struct pipes *p)
{
	*p = (struct pipes){{-1, -1}, {-1, -1}, {-1, -1}};
	if (pipe2(p->in, O_CLOEXEC) < 0 || pipe2(p->out, O_CLOEXEC) < 0 ||
		pipe2(p->err, O_CLOEXEC) < 0) {
		int r = -errno;

		close_pipes(p);
		return r;
	}
	fcntl(p->in[1], F_SETFL, O_NONBLOCK);
	fcntl(p->out[0], F_SETFL, O_NONBLOCK);
	fcntl(p->err[0], F_SETFL, O_NONBLOCK);
	return 0;
}

static pid_t
start(const struct child *child, char **argv, char **env, struct pipes *p)
{
	pid_t parent = getpid(), pid = vfork();

	if (pid)
		return pid;
	/* only system calls from here on: the memory is the parent's */
	process_end_with_parent(parent, SIGKILL);
	if (dup2(p->in[0], 0) < 0 || dup2(p->out[1], 1) < 0 ||
		dup2(p->err[1], 2) < 0 || chdir(child->dir) < 0)
		_exit(127);
	execvpe("git", argv, env);
	_exit(127);
}

/* Reads what is there. True while more may come. */
static bool
drain(int fd, struct buf *out, size_t max)
{
	char piece[65536];
	ssize_t n = read(fd, piece, sizeof piece);

	if (n > 0 && out->len < max)
		buf_add(out, piece, (size_t)n);
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

static void
feed(int *fd, const struct buf *input, size_t *done)
{
	size_t left = input ? input->len - *done : 0;
	ssize_t n = left ? write(*fd, input->data + *done, left) : 0;

	if (n > 0)
		*done += (size_t)n;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n < 0 || !input || *done == input->len)
		util_closep(fd);
}

/* Talks with the child until it is silent. 0, 1 (enough) or -errno. */
static int
converse(const struct child *child, struct pipes *p, struct buf *out,
	struct buf *words)
{
	size_t done = 0;

	feed(&p->in[1], child->input, &done);
	while (p->out[0] >= 0 || p->err[0] >= 0) {
		struct pollfd fds[] = {{.fd = p->out[0], .events = POLLIN},
			{.fd = p->err[0], .events = POLLIN},
			{.fd = p->in[1], .events = POLLOUT}};
		int64_t left = child->until_ns - clock_mono_ns();

		if (left <= 0)
			return -ETIMEDOUT;
		if (poll(fds, 3, (int)(left / NS_PER_MS) + 1) < 0 &&
			errno != EINTR)
			return -errno;
		if (fds[2].revents)
			feed(&p->in[1], child->input, &done);
		if (fds[1].revents && !drain(p->err[0], words, ERROR_MAX))
			util_closep(&p->err[0]);
		if (fds[0].revents && !drain(p->out[0], out, SIZE_MAX))
			util_closep(&p->out[0]);
		if (child->take && child->take(child->ctx, out) > 0)
			return 1;
	}
	return 0;
}

static int
finish(pid_t pid, int r, struct buf *words, struct err *err)
{
	int status;

	if (r)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (r)
		return r < 0 ? err_errno(err, -r, W_DIGEST_GIT) : 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (words->data) {
		text_oneline(words->data);
		text_cut(words->data, WORDS_MAX);
	}
	return err_set(err, WIFEXITED(status) ? WEXITSTATUS(status) : 128,
		W_DIGEST_GIT_SAYS, words->data ? words->data : "");
}

static void
add_args(struct strings *argv, const char *const *args)
{
	for (size_t i = 0; i < ARRAY_SIZE(guards); i++)
		strings_add(argv, guards[i]);
	for (; *args; args++)
		strings_add(argv, *args);
}

int
child_git(const struct child *child, const char *const *args, struct buf *out,
	struct err *err)
{
	AUTO_BUF struct buf words = {0};
	struct strings argv = {0}, env = {0};
	struct pipes p;
	pid_t pid;
	int r = open_pipes(&p);

	if (r < 0)
		return err_errno(err, -r, W_DIGEST_GIT);
	add_args(&argv, args);
	make_environment(&env, child);
	pid = start(child, argv.v, env.v, &p);
	r = pid < 0 ? -errno : 0;
	strings_free(&argv);
	strings_free(&env);
	util_closep(&p.in[0]);
	util_closep(&p.out[1]);
	util_closep(&p.err[1]);
	if (r == 0)
		r = finish(pid, converse(child, &p, out, &words), &words, err);
	else
		err_errno(err, -r, W_DIGEST_GIT);
	close_pipes(&p);
	return r;
}
