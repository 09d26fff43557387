/* SPDX-License-Identifier: MIT */
/*
 * About twenty seconds, and a question.  It asks for nothing: any key goes on,
 * Ctrl-C leaves the day's end where it is, and without a terminal, a daemon or
 * an earlier extension there is none.
 */
#include "client/pacer.h"

#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "client/say.h"
#include "client/show.h"
#include "client/talk.h"
#include "words/words.h"

#define BREATHS 3
#define IN_MS 3000
#define OUT_MS 3700
#define FRAME_MS 100
#define WIDTH 20

#define NO_KEY 0
#define CTRL_C 3

/* Waits a frame; the key that came, which is taken. */
static int
key_came(void)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
	char key[64];

	if (poll(&p, 1, FRAME_MS) <= 0)
		return NO_KEY;
	return read(STDIN_FILENO, key, sizeof key) > 0 ? key[0] : CTRL_C;
}

static void
draw(const char *word, int filled)
{
	fprintf(stderr, "\r  %s  [", word);
	for (int i = 0; i < WIDTH; i++)
		fputc(i < filled ? '#' : ' ', stderr);
	fprintf(stderr, "]  (%s)", W_PACER_KEY);
	fflush(stderr);
}

/* One half of a breath; the key that ended it, or NO_KEY. */
static int
half(const char *word, int ms, bool rising)
{
	int64_t start = clock_mono_ns();
	int64_t passed = 0;
	int key;

	while (passed < ms) {
		int filled = (int)(passed * (WIDTH + 1) / ms);

		draw(word, rising ? filled : WIDTH - filled);
		key = key_came();
		if (key != NO_KEY)
			return key;
		passed = (clock_mono_ns() - start) / NS_PER_MS;
	}
	return NO_KEY;
}

bool
pacer_breathe(void)
{
	struct termios old, raw;
	int key = NO_KEY;

	if (tcgetattr(STDIN_FILENO, &old) < 0)
		return true;
	raw = old;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
	fprintf(stderr, "%s\n", W_PACER_ASK);
	for (int i = 0; i < BREATHS && key == NO_KEY; i++) {
		key = half(W_PACER_IN, IN_MS, true);
		if (key == NO_KEY)
			key = half(W_PACER_OUT, OUT_MS, false);
	}
	tcsetattr(STDIN_FILENO, TCSANOW, &old);
	fputc('\n', stderr);
	return key != CTRL_C;
}

bool
pacer_is_due(void)
{
	AUTO_JSON struct json_t *status = NULL;

	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO) &&
		talk_quietly(json_pack("{s:s}", "get", "status"), &status) &&
		show_true(status, "pacer") &&
		show_int(status, "extensions_left", 0) > 0;
}
