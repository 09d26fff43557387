/* SPDX-License-Identifier: MIT */
/*
 * An answer that needs a child (what repositories say) comes later; the asker
 * is remembered by its serial, so that it may be gone by then.
 */
#include "daemon/reply.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/server.h"
#include "words/words.h"

/* Text of one line of a long answer; what JSON adds to it still fits. */
#define PIECE 1800

struct asker
asker(const struct peer *peer, const json_t *line)
{
	return (struct asker){peer->serial,
		json_incref(json_object_get(line, "id"))};
}

void
reply(struct daemon *d, struct asker a, json_t *answer)
{
	if (!answer) /* some foreign text was not fit for JSON */
		answer = json_pack("{ss}", "error", W_NO_ANSWER);
	if (a.id)
		json_object_set_new(answer, "id", a.id);
	server_send(d->server, a.serial, answer);
}

void
reply_text(struct daemon *d, struct asker a, json_t *last, const char *text)
{
	AUTO_FREE char *copy = xstrdup(text);
	char *piece = copy;

	while (strlen(piece) > PIECE) {
		size_t n = PIECE;
		json_t *part;

		while ((piece[n] & 0xc0) == 0x80)
			n--;
		part = json_pack("{ss% sb}", "text", piece, n, "more", 1);
		if (a.id)
			json_object_set(part, "id", a.id);
		server_send(d->server, a.serial, part);
		piece += n;
	}
	json_object_set_new(last, "text", json_string(piece));
	reply(d, a, last);
}

char *
reply_mark(const struct asker *a)
{
	AUTO_FREE char *id =
		a->id ? json_dumps(a->id, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;

	return id ? xasprintf(",\"more\":true,\"id\":%s}\n", id)
		  : xstrdup(",\"more\":true}\n");
}

void
reply_refusal(struct daemon *d, struct asker a, const char *sentence)
{
	reply(d, a, json_pack("{ss}", "error", sentence));
}

const char *
line_text(const json_t *line, const char *key)
{
	return json_string_value(json_object_get(line, key));
}

const char *
line_string(const json_t *line, const char *key)
{
	const char *text = line_text(line, key);

	return text ? text : "";
}

long long
line_number(const json_t *line, const char *key)
{
	return json_integer_value(json_object_get(line, key));
}
