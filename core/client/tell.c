/* SPDX-License-Identifier: MIT */
/*
 * Only the client does this: it knows which terminal it is in, and whose.
 * Titles hold names of projects, so nothing in them may end an escape
 * sequence, and in tmux nothing may be a format, since formats run commands.
 */
#include "client/tell.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"

/* What stands before the title, between it and the body, and behind. */
struct manner {
	const char *before, *between, *behind;
};

#define OSC_9 {"\033]9;", ". ", "\033\\"}
#define OSC_777 {"\033]777;notify;", ";", "\033\\"}

static const struct manner plain = {"\a\r", ". ", "\r\n"};

/* Terminals by what they set. */
static const struct {
	const char *variable, *begins;
	struct manner manner;
} terminals[] = {
	{"TERM_PROGRAM", "iTerm", OSC_9},
	{"TERM_PROGRAM", "WezTerm", OSC_777},
	{"TERM_PROGRAM", "ghostty", OSC_777},
	{"TERM", "foot", OSC_777},
	{"TERM", "rxvt", OSC_777},
	{"TERM", "xterm-kitty", OSC_9},
	{"TERM", "contour", OSC_777},
};

static const struct manner *
manner(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(terminals); i++) {
		const char *value = getenv(terminals[i].variable);

		if (value && starts_with(value, terminals[i].begins))
			return &terminals[i].manner;
	}
	return &plain;
}

/* "#" begins a format of tmux, "%" one of strftime(3). */
static void
add_tmux(const char *text, struct buf *out)
{
	for (; *text; text++) {
		if (*text == '#' || *text == '%')
			buf_add(out, text, 1);
		buf_add(out, text, 1);
	}
}

static bool
tell_tmux(const char *title)
{
	AUTO_BUF struct buf text = {0};
	int status;
	pid_t pid;

	if (!getenv("TMUX"))
		return false;
	add_tmux(title, &text);
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execlp("tmux", "tmux", "display-message", "--", text.data,
			(char *)NULL);
		_exit(127);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

void
tell(const char *title, const char *body)
{
	AUTO_FREE char *head = xstrdup(title), *rest = xstrdup(body);
	const struct manner *m = manner();
	AUTO_FREE char *out = NULL;
	AUTO_CLOSE int fd = -1;

	text_oneline(head);
	text_oneline(rest);
	if (!*head || tell_tmux(head))
		return;
	for (char *p = head; *p; p++) /* ends a field of OSC 777 */
		if (*p == ';')
			*p = ',';
	fd = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return;
	out = xasprintf("%s%s%s%s%s", m->before, head, m->between, rest,
		m->behind);
	if (write(fd, out, strlen(out)) < 0)
		return; /* no terminal any more */
}
