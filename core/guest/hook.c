/* SPDX-License-Identifier: MIT */
/*
 * What git runs, under the name of each hook: one line to the daemon, its word,
 * read or waited for a moment, gone.  Every commit pays for the start of this program,
 * so it is static, has no stdio and asks the daemon before anything else: with
 * no daemon there is nothing else to find out.
 *
 * One timer bounds everything, the reading of stdin and a stopped terminal
 * included, and whatever is in doubt ends in 0: a guest never fails a git
 * command because its host is absent, hung, old or broken.  Nothing is
 * spooled: the reflog is the record, and the daemon reads it when it is back.
 */
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "guest/json.h"
#include "guest/word.h"
#include "wire/wire.h"
#include "words/words.h"

/* Reads of stdin; with 64 kB each that is some 6000 rewritten commits, and
 * beyond them the number no longer matters. */
#define STDIN_READS 8

struct hook {
	const char *name;
	const char *event;
	bool asks;   /* git waits for its exit code before it goes on */
	bool counts; /* gets one line on stdin for each thing */
};

static const struct hook hooks[] = {
	{"post-commit", "commit", false, false},
	{"post-applypatch", "commit", false, false},
	{"post-merge", "merge", false, false},
	{"post-rewrite", "rewrite", false, true},
	{"pre-push", "push", true, true},
	{"pre-commit", "precommit", true, false},
	{"pre-merge-commit", "precommit", true, false},
};

/* What is in a git directory while a command of several steps is under way. */
static const char *const sequences[] = {
	"rebase-merge",
	"rebase-apply",
	"sequencer",
	"CHERRY_PICK_HEAD",
	"REVERT_HEAD",
	"MERGE_HEAD",
};

struct facts {
	char cwd[PATH_MAX];
	char git_dir[2 * PATH_MAX];
	const char *argument; /* git's first one to the hook, or "" */
	bool tty, ci, sequence;
	unsigned count; /* lines on stdin */
};

static struct facts facts;
static uid_t me;
static struct word page;
static struct json line;
static char answers[WIRE_EDITOR_MAX * 2];
static volatile sig_atomic_t verdict;
static volatile sig_atomic_t silence_matters;

/* No catalogues in a guest: reading one costs more than all the rest. */
const char *
words_text(const char *text)
{
	return text;
}

static const struct hook *
hook_find(const char *program)
{
	const char *slash = strrchr(program, '/');
	const char *name = slash ? slash + 1 : program;

	for (size_t i = 0; i < sizeof hooks / sizeof hooks[0]; i++)
		if (strcmp(hooks[i].name, name) == 0)
			return &hooks[i];
	return NULL;
}

static void
time_over(int signal)
{
	const char *text = W_HOOK_NO_ANSWER;

	(void)signal;
	if (silence_matters) {
		(void)!write(STDERR_FILENO, text, strlen(text));
		(void)!write(STDERR_FILENO, "\n", 1);
	}
	_exit(verdict);
}

/* The mask is git's and may hold SIGALRM back; a vanished reader of stderr
 * must not look like a refusal. */
static void
bound_time(const struct hook *hook)
{
	static const struct itimerval wait = {
		.it_value.tv_usec = WIRE_GUEST_WAIT_MS * 1000,
	};
	sigset_t set;

	if (hook->asks)
		signal(SIGPIPE, SIG_IGN);
	signal(SIGALRM, time_over);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	setitimer(ITIMER_REAL, &wait, NULL);
}

/* --- the daemon ----------------------------------------------------------- */

static const char *
absolute(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value == '/' ? value : NULL;
}

/* out = a + b; false when it does not fit, or a is NULL */
static bool
join(char *out, size_t size, const char *a, const char *b)
{
	size_t m = a ? strlen(a) : size, n = strlen(b);

	if (m + n >= size)
		return false;
	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): b brings it */
	memcpy(out, a, m);
	memcpy(out + m, b, n + 1);
	return true;
}

/* The same answer as base/paths.c gives the daemon and the client. */
static bool
socket_path(char *out, size_t size)
{
	const char *given = getenv("VESPER_SOCKET");
	const char *dir;

	if (given && *given)
		return join(out, size, given, "");
	if ((dir = absolute("XDG_RUNTIME_DIR")))
		return join(out, size, dir, "/vesper/socket");
	if ((dir = absolute("XDG_STATE_HOME")))
		return join(out, size, dir, "/vesper/run/socket");
	return join(out, size, absolute("HOME"),
		"/.local/state/vesper/run/socket");
}

/* A connection to a daemon of our own, or -1. It does not block: a full
 * backlog is no reason to wait. */
static int
daemon_connect(void)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	struct ucred peer;
	socklen_t n = sizeof peer;
	int fd;

	if (!socket_path(un.sun_path, sizeof un.sun_path))
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&un, sizeof un) < 0)
		return -1;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) < 0 ||
		peer.uid != me)
		return -1;
	return fd;
}

/* --- what is the case ----------------------------------------------------- */

static bool
is_in_git_dir(const char *name)
{
	const char *given = getenv("GIT_DIR");
	char path[PATH_MAX];

	return join(path, sizeof path, given && *given ? given : ".git",
		       name) &&
		access(path, F_OK) == 0;
}

/* A rebase is told by its end, so its steps pay for nothing but our start. The
 * pick is still marked then; that of a commit which a person makes meanwhile is
 * not. Only `git commit` sets the date of the author: it is not even asked. */
static bool
is_rebase_step(const struct hook *hook)
{
	return strcmp(hook->name, "post-commit") == 0 &&
		!getenv("GIT_AUTHOR_DATE") &&
		is_in_git_dir("/CHERRY_PICK_HEAD") &&
		is_in_git_dir("/rebase-merge");
}

/* Sets git_dir, absolute, and goes there; false when it is not a directory of
 * our own. In a plain repository git does not set GIT_DIR: the hook runs at the
 * top. */
static bool
find_git_dir(void)
{
	const char *given = getenv("GIT_DIR");
	char *out = facts.git_dir;
	size_t size = sizeof facts.git_dir;
	struct stat st;
	bool fits;

	if (!getcwd(facts.cwd, sizeof facts.cwd))
		return false;
	if (given && *given == '/')
		fits = join(out, size, given, "");
	else
		fits = join(out, size, facts.cwd, "/") &&
			join(out + strlen(out), size - strlen(out),
				given && *given ? given : ".git", "");
	return fits && chdir(out) == 0 && stat(".", &st) == 0 &&
		st.st_uid == me;
}

/* When the merge is made, its MERGE_HEAD is still there; when the rebase is
 * told, its directory is: both are over by then. */
static bool
in_sequence(const struct hook *hook)
{
	if (strcmp(hook->name, "post-merge") == 0 ||
		strcmp(facts.argument, "rebase") == 0)
		return false;
	for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++)
		if (access(sequences[i], F_OK) == 0)
			return true;
	return false;
}

static unsigned
count_lines(void)
{
	static char bytes[65536];
	unsigned lines = 0;

	for (int i = 0; i < STDIN_READS; i++) {
		ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);

		if (n <= 0)
			break;
		for (ssize_t k = 0; k < n; k++)
			lines += bytes[k] == '\n';
	}
	return lines;
}

static bool
gather(const struct hook *hook, const char *argument)
{
	const char *ci = getenv("CI");

	facts.argument = argument ? argument : "";
	facts.ci = ci && *ci;
	if (!find_git_dir())
		return false;
	facts.tty = open("/dev/tty", O_RDWR | O_NOCTTY) >= 0;
	facts.sequence = in_sequence(hook);
	if (hook->counts)
		facts.count = count_lines();
	return true;
}

static void
read_page(void)
{
	char path[sizeof ((struct sockaddr_un *)0)->sun_path + sizeof WIRE_WORD];

	if (socket_path(path, sizeof path - strlen(WIRE_WORD))) {
		join(path + strlen(path), sizeof WIRE_WORD, WIRE_WORD, "");
		word_read(&page, path);
	}
}

/* Nobody reads it, nothing can come of it, or it is known already: then there is
 * no waiting. An amend was spoken about after its post-commit. A reason is to be
 * shown some day, so we go when the daemon has it. */
static bool
wants_answer(const struct hook *hook, struct word_time *time, bool *say)
{
	const char *reason = getenv("VESPER_REASON");

	if (facts.ci || facts.sequence || strcmp(facts.argument, "amend") == 0)
		return false;
	if (!hook->asks && !facts.tty)
		return false;
	read_page();
	if (word_is(&page, WIRE_WORD_CALM))
		return false;
	if (hook->asks || (reason && *reason))
		return true;
	return !word_is(&page, WIRE_WORD_OFF) &&
		!(strcmp(hook->name, "post-commit") == 0 &&
			word_of_commit(&page, time, say));
}

/* --- the talk ------------------------------------------------------------- */

static void
compose(const struct hook *hook, bool answer)
{
	json_put(&line, "{\"hello\":1,\"as\":\"hook\",\"source\":\"hook\"");
	json_put_string(&line, "event", hook->event);
	json_put_string(&line, "hook", hook->name);
	json_put_string(&line, "cwd", facts.cwd);
	json_put_string(&line, "git_dir", facts.git_dir);
	json_put_string(&line, "email", getenv("GIT_AUTHOR_EMAIL"));
	json_put_string(&line, "reason", getenv("VESPER_REASON"));
	json_put_bool(&line, "tty", facts.tty);
	json_put_bool(&line, "ci", facts.ci);
	json_put_bool(&line, "sequence", facts.sequence);
	if (hook->counts)
		json_put_number(&line, "count", facts.count);
	if (strcmp(hook->name, "post-rewrite") == 0)
		json_put_string(&line, "command", facts.argument);
	if (answer)
		json_put_number(&line, "id", 1);
	json_put(&line, "}\n");
}

/* Reads lines until the one that answers ours; false when none comes. */
static bool
hear(int fd, struct json_answer *answer)
{
	size_t have = 0, start = 0;

	if (fcntl(fd, F_SETFL, 0) < 0)
		return false;
	while (have < sizeof answers) {
		ssize_t n = read(fd, answers + have, sizeof answers - have);
		char *end;

		if (n <= 0)
			return false;
		have += (size_t)n;
		while ((end = memchr(answers + start, '\n', have - start))) {
			if (json_read_answer(answers + start, end, answer))
				return true;
			start = (size_t)(end - answers) + 1;
		}
	}
	return false;
}

/* Whoever is refused must read why, terminal or not. */
static int
obey(const struct hook *hook, const struct json_answer *answer)
{
	verdict = hook->asks && answer->block;
	if (!verdict && !facts.tty)
		return 0;
	json_plain(&line, answer->say, answer->say_end);
	if (line.n && write(STDERR_FILENO, line.text, line.n) < 0)
		return verdict; /* nobody left to read it */
	return verdict;
}

/* What the page has, which no terminal has to fear: the daemon wrote it. */
static int
speak(const struct word_time *time)
{
	line.n = 0;
	word_put(&line, &page, time);
	(void)!write(STDERR_FILENO, line.text, line.n); /* or nobody reads it */
	return 0;
}

int
main(int argc, char **argv)
{
	const struct hook *hook = argc ? hook_find(argv[0]) : NULL;
	struct json_answer answer;
	struct word_time time = {0};
	bool wait, say = false;
	int fd;

	if (!hook || is_rebase_step(hook))
		return 0;
	me = (uid_t)getauxval(AT_EUID);
	bound_time(hook);
	fd = daemon_connect();
	if (fd < 0 || !gather(hook, argv[1]))
		return 0;
	if (strcmp(hook->event, "push") == 0 && facts.count == 0)
		return 0; /* everything is up to date: nothing is pushed */
	wait = wants_answer(hook, &time, &say);
	compose(hook, wait);
	if (line.full ||
		send(fd, line.text, line.n, MSG_NOSIGNAL) != (ssize_t)line.n)
		return 0;
	if (say)
		return speak(&time);
	silence_matters = facts.tty && strcmp(hook->event, "precommit") == 0;
	if (!wait || !hear(fd, &answer))
		return 0;
	silence_matters = false;
	return obey(hook, &answer);
}
