/* SPDX-License-Identifier: MIT */
/*
 * Only git knows where it looks for hooks, so it is asked.  A GIT_DIR left over
 * from the hook or alias that started us would make it answer for another
 * repository; only what names the user's own config is kept.
 */
#include "client/hooks.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "words/words.h"

#define OUTPUT_MAX 65536

extern char **environ;

static bool
is_kept(const char *variable)
{
	return !starts_with(variable, "GIT_") ||
		starts_with(variable, "GIT_CONFIG_GLOBAL=") ||
		starts_with(variable, "GIT_CONFIG_SYSTEM=") ||
		starts_with(variable, "GIT_CONFIG_NOSYSTEM=") ||
		starts_with(variable, "GIT_EXEC_PATH=");
}

/* The strings are environ's own; the caller frees the array. */
static char **
clean_environment(void)
{
	size_t n = 0, k = 0;
	char **env;

	while (environ[n])
		n++;
	env = xcalloc(n + 1, sizeof *env);
	for (size_t i = 0; i < n; i++)
		if (is_kept(environ[i]))
			env[k++] = environ[i];
	return env;
}

static int
spawn(char *const *argv, int output, pid_t *pid)
{
	AUTO_FREE char **env = clean_environment();
	posix_spawn_file_actions_t actions;
	int r;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, output, 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	r = posix_spawnp(pid, "git", &actions, NULL, argv, env);
	posix_spawn_file_actions_destroy(&actions);
	return -r;
}

static void
read_output(int fd, struct buf *out)
{
	char chunk[4096];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0 && out->len < OUTPUT_MAX)
			buf_add(out, chunk, (size_t)n);
	}
	if (out->len && out->data[out->len - 1] == '\n')
		out->data[--out->len] = '\0';
}

int
git_ask(const char *dir, char **out, const char *const *args)
{
	const char *argv[GIT_ARGS_MAX + 4] = {"git"};
	AUTO_BUF struct buf text = {0};
	int n = 1, fds[2], status, r;
	pid_t pid;

	if (dir) {
		argv[n++] = "-C";
		argv[n++] = dir;
	}
	for (int i = 0; i < GIT_ARGS_MAX && args[i]; i++)
		argv[n++] = args[i];
	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	r = spawn((char *const *)argv, fds[1], &pid);
	close(fds[1]);
	if (r == 0)
		read_output(fds[0], &text);
	close(fds[0]);
	if (r < 0)
		return r;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	*out = buf_steal(&text);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int
git_version(struct git_version *out, struct err *err)
{
	static const char *const args[] = {"version", NULL};
	AUTO_FREE char *text = NULL;

	if (git_ask(NULL, &text, args) != 0 ||
		sscanf(text, "git version %31s", out->text) != 1 ||
		sscanf(out->text, "%d.%d", &out->major, &out->minor) != 2)
		return err_set(err, -ENOENT, W_HOOKS_NO_GIT);
	return 0;
}

bool
git_has_config_hooks(const struct git_version *v)
{
	return v->major > 2 || (v->major == 2 && v->minor >= 54);
}
