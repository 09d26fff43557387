/* SPDX-License-Identifier: MIT */
/* A long answer comes in several lines; it is put together here, so that no
 * command has to know. */
#include "client/talk.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/buf.h"
#include "client/link.h"
#include "client/say.h"
#include "wire/wire.h"
#include "words/words.h"

void
talk_freep(struct json_t **json)
{
	json_decref(*json);
}

/* Adds a further line of an answer: texts and lists go on, the rest is
 * replaced. */
static void
extend(json_t *whole, json_t *part)
{
	const char *key;
	json_t *more, *old;

	json_object_foreach(part, key, more) {
		old = json_object_get(whole, key);
		if (json_is_array(old) && json_is_array(more)) {
			json_array_extend(old, more);
		} else if (json_is_string(old) && json_is_string(more) &&
			streq(key, "text")) {
			AUTO_FREE char *both = xasprintf("%s%s",
				json_string_value(old),
				json_string_value(more));

			json_object_set_new(whole, key, json_string(both));
		} else {
			json_object_set(whole, key, more);
		}
	}
}

struct json_t *
talk_join(char *lines)
{
	json_t *whole = NULL, *part;
	char *next;

	for (; lines && *lines; lines = next) {
		next = strchr(lines, '\n');
		if (next)
			*next++ = '\0';
		part = json_loads(lines, 0, NULL);
		if (!json_is_object(part)) {
			json_decref(part);
			continue;
		}
		if (!whole) {
			whole = part;
			continue;
		}
		extend(whole, part);
		json_decref(part);
	}
	json_object_del(whole, "id");
	json_object_del(whole, "more");
	return whole;
}

/* Who takes the records that come before an answer. */
struct taker {
	void (*fn)(void *data, const char *line, size_t n);
	void *data;
};

static int
exchange_with(struct link *link, json_t *request, const struct taker *taker,
	json_t **reply, struct err *err)
{
	AUTO_BUF struct buf lines = {0};
	AUTO_FREE char *text = NULL;
	int r;

	json_object_set_new(request, "id", json_integer(1));
	text = json_dumps(request, WIRE_JSON);
	if (!text)
		return err_set(err, -EINVAL, W_TALK_NOT_UTF8);
	if (strlen(text) >= WIRE_LINE_MAX)
		return err_set(err, -EINVAL, W_TALK_LARGE,
			WIRE_LINE_MAX / 1024);
	r = taker ? link_stream(link, text, taker->fn, taker->data, &lines, err)
		  : link_ask(link, text, &lines, err);
	if (r < 0)
		return r;
	*reply = talk_join(lines.data);
	return *reply ? 0 : err_set(err, -EPROTO, W_LINK_STRANGE);
}

static int
exchange(struct link *link, json_t *request, json_t **reply, struct err *err)
{
	return exchange_with(link, request, NULL, reply, err);
}

/* Prints why an answer is none; EXIT_DONE when it is one. */
static int
judge(json_t **reply)
{
	const char *refused =
		json_string_value(json_object_get(*reply, "refused"));
	const char *error = json_string_value(json_object_get(*reply, "error"));

	if (!refused && !error)
		return EXIT_DONE;
	say_error("%s", refused ? refused : error);
	json_decref(*reply);
	*reply = NULL;
	return refused ? EXIT_NO : EXIT_USAGE;
}

int
talk_open(struct link *link, unsigned how)
{
	bool started;
	struct err err;
	int r;

	link->slow = how & TALK_SLOW;
	r = how & TALK_START ? link_start(link, &started, &err)
			     : link_open(link, &err);
	if (r == 0)
		return EXIT_DONE;
	say_error("%s", err.text);
	return r == -EINVAL ? EXIT_USAGE : EXIT_NONE;
}

static int
talk_with(struct link *link, struct json_t *request,
	const struct taker *taker, struct json_t **reply)
{
	struct err err;
	int r = exchange_with(link, request, taker, reply, &err);

	if (r == 0)
		return judge(reply);
	say_error("%s", err.text);
	return r == -EINVAL ? EXIT_USAGE : EXIT_NONE;
}

/* A word that is not UTF-8 makes no JSON. */
static bool
is_request(const json_t *request)
{
	if (!request)
		say_error("%s", W_TALK_NOT_UTF8);
	return request != NULL;
}

int
talk(struct json_t *request, unsigned how, struct json_t **reply)
{
	AUTO_JSON struct json_t *owned = request;
	AUTO_LINK struct link link = LINK_INIT;
	int code;

	*reply = NULL;
	if (!is_request(owned))
		return EXIT_USAGE;
	code = talk_open(&link, how);
	return code == EXIT_DONE ? talk_with(&link, owned, NULL, reply) : code;
}

int
talk_stream(struct link *link, struct json_t *request,
	void (*fn)(void *data, const char *line, size_t n), void *data,
	struct json_t **reply)
{
	AUTO_JSON struct json_t *owned = request;
	struct taker taker = {fn, data};

	*reply = NULL;
	return is_request(owned) ? talk_with(link, owned, &taker, reply)
				 : EXIT_USAGE;
}

bool
talk_quietly(struct json_t *request, struct json_t **reply)
{
	AUTO_JSON struct json_t *owned = request;
	AUTO_LINK struct link link = LINK_INIT;

	*reply = NULL;
	return link_open(&link, NULL) == 0 &&
		exchange(&link, owned, reply, NULL) == 0;
}

int
talk_stop(void)
{
	AUTO_JSON struct json_t *request = json_pack("{s:s}", "do", "stop");
	AUTO_JSON struct json_t *reply = NULL;
	AUTO_LINK struct link link = LINK_INIT;
	const char *said;
	struct err err;
	int r = link_open(&link, &err), code;

	if (r == -EPROTONOSUPPORT) {
		/* "stop" means the same in every protocol, or an update would
		 * leave a daemon that nothing can end */
		link_close(&link);
		r = link_open(&link, &err);
	}
	if (r == 0)
		r = exchange(&link, request, &reply, &err);
	if (r != 0) {
		say_error("%s", err.text);
		return EXIT_NONE;
	}
	code = judge(&reply);
	if (code != EXIT_DONE)
		return code;
	if (link_wait_end(&link) < 0) {
		say_error("%s", W_STOP_SLOW);
		return EXIT_NO;
	}
	said = json_string_value(json_object_get(reply, "said"));
	say_text(said && *said ? said : W_STOPPED);
	return EXIT_DONE;
}

int
talk_order(struct json_t *request)
{
	AUTO_JSON struct json_t *reply = NULL;
	int code = talk(request, TALK_START, &reply);
	const char *said;

	if (code != EXIT_DONE)
		return code;
	said = json_string_value(json_object_get(reply, "said"));
	if (said && *said)
		say_text(said);
	return EXIT_DONE;
}

void
talk_print(const struct json_t *reply)
{
	AUTO_FREE char *text = json_dumps(reply, WIRE_JSON);
	AUTO_BUF struct buf out = {0};

	if (!text)
		return;
	text_json(text, &out);
	puts(out.data);
}
