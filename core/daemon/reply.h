/* SPDX-License-Identifier: MIT */
/* Who asked something on the socket, and the answer on its way back. */
#pragma once

#include <stdint.h>

struct daemon;
struct json_t;
struct peer;

/* The peer by its serial, and the id it gave its line (held; or NULL). Ended
 * by one reply. */
struct asker {
	uint64_t serial;
	struct json_t *id;
};

/* Who said this line: to be answered once, now or later. */
struct asker asker(const struct peer *peer, const struct json_t *line);

/* Sends the answer, taking it, and forgets the asker. NULL, some foreign text
 * that is not fit for JSON, is answered with an error. */
void reply(struct daemon *d, struct asker a, struct json_t *answer);

/* As reply(), with `text` added to `last`: in pieces that every reader takes,
 * all but the last with "more". */
void reply_text(struct daemon *d, struct asker a, struct json_t *last,
	const char *text);

/* What ends each line of a long answer before its last one, in place of the
 * closing brace: "more", the asker's id and a newline. The caller frees it. */
char *reply_mark(const struct asker *a);

/* As reply(), with one sentence on why there is no answer. */
void reply_refusal(struct daemon *d, struct asker a, const char *sentence);

/* The text that a line has under `key`, borrowed, or NULL. */
const char *line_text(const struct json_t *line, const char *key);

/* The same, or "" instead of NULL; the number it has there, or 0. */
const char *line_string(const struct json_t *line, const char *key);
long long line_number(const struct json_t *line, const char *key);
