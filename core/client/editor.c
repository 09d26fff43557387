/* SPDX-License-Identifier: MIT */
/*
 * As git does it: the same variables in the same order, through sh, so that
 * "code --wait" works; SIGINT and SIGQUIT are the editor's while it runs.
 */
#include "client/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "words/words.h"

#define NOTE_NAME "VESPER_NOTE.md"
#define NOTE_MAX (1024 * 1024)

static const char *
choose(void)
{
	static const char *const variables[] = {
		"GIT_EDITOR", "VISUAL", "EDITOR"};

	for (size_t i = 0; i < ARRAY_SIZE(variables); i++) {
		const char *editor = getenv(variables[i]);

		if (editor && *editor)
			return editor;
	}
	return "vi";
}

static int
write_file(struct editor *e, const char *text, struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	AUTO_CLOSE int fd = -1;
	int r;

	e->dir = xasprintf(
		"%s/vesper-XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
	if (!mkdtemp(e->dir)) {
		int code = errno;

		free(e->dir);
		e->dir = NULL;
		return err_errno(err, code, W_EDITOR_PLACE);
	}
	e->file = xasprintf("%s/" NOTE_NAME, e->dir);
	fd = open(e->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(err, errno, "%s", e->file);
	r = file_write(fd, text, strlen(text));
	return r < 0 ? err_errno(err, -r, "%s", e->file) : 0;
}

/* Runs the editor and waits for its end; its wait status, or -errno. */
static int
run(const char *editor, const char *file)
{
	AUTO_FREE char *command = xasprintf("%s \"$@\"", editor);
	struct sigaction ignore = {.sa_handler = SIG_IGN}, old_int, old_quit;
	int status = 0, r;
	pid_t pid;

	fflush(stdout);
	sigaction(SIGINT, &ignore, &old_int);
	sigaction(SIGQUIT, &ignore, &old_quit);
	pid = fork();
	if (pid == 0) {
		sigaction(SIGINT, &old_int, NULL);
		sigaction(SIGQUIT, &old_quit, NULL);
		signal(SIGPIPE, SIG_DFL);
		execl("/bin/sh", "sh", "-c", command, editor, file,
			(char *)NULL);
		_exit(127);
	}
	r = pid < 0 ? -errno : 0;
	while (r == 0 && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			r = -errno;
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGQUIT, &old_quit, NULL);
	return r < 0 ? r : status;
}

/* Drops comments, and blank lines at both ends. */
static char *
strip(const char *text)
{
	struct buf out = {0};

	while (*text) {
		size_t len = strcspn(text, "\n");
		bool blank = strspn(text, " \t\r") >= len;

		if (*text != '#' && (out.len || !blank)) {
			buf_add(&out, text, len);
			buf_adds(&out, "\n");
		}
		text += len + (text[len] == '\n');
	}
	while (out.len && strchr(" \t\r\n", out.data[out.len - 1]))
		out.data[--out.len] = '\0';
	return buf_steal(&out);
}

int
editor_run(struct editor *e, const char *text, char **out, struct err *err)
{
	AUTO_BUF struct buf written = {0};
	const char *editor = choose();
	int r = write_file(e, text, err);

	if (r < 0)
		return r;
	r = run(editor, e->file);
	if (r < 0)
		return err_errno(err, -r, W_EDITOR_RUN, editor);
	if (r != 0)
		return err_set(err, -ECANCELED, W_EDITOR_FAILED, editor);
	r = file_read(e->file, NOTE_MAX, &written);
	if (r == -EFBIG)
		err_set(err, r, W_EDITOR_LARGE, e->file);
	else if (r < 0)
		err_errno(err, -r, "%s", e->file);
	if (r < 0)
		return r;
	*out = strip(written.data ? written.data : "");
	return 0;
}

const char *
editor_keep(struct editor *e)
{
	free(e->dir);
	e->dir = NULL;
	return e->file;
}

/* Editors leave backups and swap files behind in a directory of ours; what is
 * not known stays, and with it the directory. */
void
editor_clear(struct editor *e)
{
	if (e->dir) {
		AUTO_FREE char *backup = xasprintf("%s~", e->file);

		unlink(e->file);
		unlink(backup);
		rmdir(e->dir);
	}
	free(e->dir);
	free(e->file);
	*e = (struct editor){0};
}
