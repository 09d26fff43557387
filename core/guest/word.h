/* SPDX-License-Identifier: MIT */
/*
 * What the daemon would answer, read instead of asked (wire.h, WIRE_WORD).
 * After a commit git only waits for a sentence, and for that nobody must be
 * woken.  In doubt, and of what is no new commit, the daemon is asked: only it
 * knows whether an amend was spoken about before.
 */
#pragma once

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "guest/json.h"
#include "wire/wire.h"

/* Of a reflog, its end: a line with a longer subject than that is no matter. */
#define WORD_LOG_BYTES 1024

struct word {
	int fd;
	char text[WIRE_WORD_MAX];
	int64_t until;
	const char *mode, *rest, *end; /* mode is NULL: there is no page */
};

/* What the sentence counts, in seconds. */
struct word_time {
	int64_t past, of_day;
};

static bool
word_begins(const char *s, const char *end, const char *want)
{
	size_t n = strlen(want);

	return (size_t)(end - s) >= n && memcmp(s, want, n) == 0;
}

/* More than any instant in milliseconds, and little enough for sums. */
#define WORD_NUMBER_MAX INT64_C(1000000000000000)
#define WORD_FACTOR_MAX 100000

/* The number at *s, cut off where it would be too large; *s is moved behind it
 * and one more: each is followed by a blank or a newline. */
static int64_t
word_number(const char **s, const char *end)
{
	int64_t n = 0;

	for (; *s < end && **s >= '0' && **s <= '9'; ++*s)
		if (n < WORD_NUMBER_MAX)
			n = n * 10 + **s - '0';
	if (*s < end)
		++*s;
	return n;
}

/* Behind the line at s, or the end. */
static const char *
word_next_line(const char *s, const char *end)
{
	const char *behind = memchr(s, '\n', (size_t)(end - s));

	return behind ? behind + 1 : end;
}

/* Finds the parts of a page of n bytes. */
static void
word_parse(struct word *w, size_t n)
{
	const char *s = w->text + WIRE_WORD_SPOKEN + 1;

	w->end = w->text + n;
	if (n <= WIRE_WORD_SPOKEN || s[-1] != '\n' || w->end[-1] != '\n')
		return;
	w->until = word_number(&s, w->end);
	w->rest = word_next_line(s, w->end);
	w->mode = s;
}

static bool
word_is(const struct word *w, const char *mode)
{
	return w->mode && word_begins(w->mode, w->rest, mode);
}

/* Reads the page. One that can be locked was left by a daemon that is gone. */
static inline void
word_read(struct word *w, const char *path)
{
	ssize_t n;

	w->fd = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK);
	if (w->fd < 0 || flock(w->fd, LOCK_SH | LOCK_NB) == 0)
		return;
	n = read(w->fd, w->text, sizeof w->text);
	if (n > 0)
		word_parse(w, (size_t)n);
}

/* --- the sentence ----------------------------------------------------------- */

/* Takes the line of numbers; false when the page is good no more. */
static bool
word_take_time(struct word *w, struct word_time *out)
{
	struct timespec t;
	int64_t boot, instant, factor, end, zone, now;

	boot = word_number(&w->rest, w->end);
	instant = word_number(&w->rest, w->end);
	factor = word_number(&w->rest, w->end);
	end = word_number(&w->rest, w->end);
	zone = word_number(&w->rest, w->end);
	clock_gettime(CLOCK_BOOTTIME, &t);
	now = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 - boot;
	if (now < 0 || factor > WORD_FACTOR_MAX)
		return false;
	now = (instant + now * factor) / 1000;
	out->past = now - end;
	out->of_day = (now + zone) % 86400;
	return now < w->until && out->past >= 0 && w->rest < w->end;
}

static void
word_put_two(struct json *j, int64_t n)
{
	char digits[] = {(char)('0' + n / 10), (char)('0' + n % 10)};

	json_add(j, digits, sizeof digits);
}

/* In the form that is there for it, each number in the place of a %lld. */
static void
word_put_length(struct json *j, const struct word *w, int64_t length)
{
	int64_t h = length / 3600, m = length / 60 % 60;
	int form = h && m ? 0 : h ? 1 : m ? 2 : 3;
	int64_t numbers[] = {h ? h : m ? m : length, m};
	const char *s = word_next_line(w->rest, w->end), *end;

	for (int i = 0; i < form; i++)
		s = word_next_line(s, w->end);
	end = word_next_line(s, w->end);
	for (int i = 0; s + 1 < end; s++)
		if (!word_begins(s, end, "%lld")) {
			json_add(j, s, 1);
		} else {
			json_put_digits(j, (unsigned)numbers[i++ % 2]);
			s += strlen("%lld") - 1;
		}
}

/* The sentence with its newline. */
static void
word_put(struct json *j, const struct word *w, const struct word_time *t)
{
	const char *end = word_next_line(w->rest, w->end);

	for (const char *s = w->rest; s < end; s++)
		if (*s == *WIRE_WORD_TIME) {
			word_put_two(j, t->of_day / 3600);
			json_add(j, ":", 1);
			word_put_two(j, t->of_day / 60 % 60);
		} else if (*s == *WIRE_WORD_LENGTH) {
			word_put_length(j, w, t->past);
		} else {
			json_add(j, s, 1);
		}
}

/* --- the commit --------------------------------------------------------------- */

/* The name of the commit that a reflog's last line tells of, when it is a new
 * one, made by `git commit`, and its length in *n; else NULL. */
static const char *
word_new_commit(const char *line, const char *end, size_t *n)
{
	const char *space = memchr(line, ' ', (size_t)(end - line));
	const char *name = space ? space + 1 : end;
	const char *behind = memchr(name, ' ', (size_t)(end - name));
	const char *tab = behind ? memchr(behind, '\t', (size_t)(end - behind))
				 : NULL;

	if (!tab || !word_begins(tab + 1, end, "commit") ||
		word_begins(tab + 1, end, "commit (amend)"))
		return NULL;
	*n = (size_t)(behind - name);
	return *n <= WIRE_WORD_SPOKEN ? name : NULL;
}

/* The same of the log in this working directory, in a static buffer. */
static const char *
word_logged(size_t *n)
{
	static char bytes[WORD_LOG_BYTES];
	int fd = open("logs/HEAD", O_RDONLY);
	bool whole = lseek(fd, -WORD_LOG_BYTES, SEEK_END) < 0;
	ssize_t size = read(fd, bytes, sizeof bytes);
	const char *line;

	if (size < 2 || bytes[size - 1] != '\n')
		return NULL;
	line = memrchr(bytes, '\n', (size_t)size - 1);
	if (!line && !whole)
		return NULL;
	return word_new_commit(line ? line + 1 : bytes, bytes + size, n);
}

/* True when the page knows what to say of the commit that was just made; *say:
 * whether no other hook has said it. */
static inline bool
word_of_commit(struct word *w, struct word_time *t, bool *say)
{
	const char *name = NULL;
	size_t n = 0;

	if (word_is(w, WIRE_WORD_SPEAK) && word_take_time(w, t))
		name = word_logged(&n);
	if (!name)
		return false;
	*say = memcmp(w->text, name, n) != 0;
	if (*say)
		(void)!pwrite(w->fd, name, n, 0);
	return true;
}
