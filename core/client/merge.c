/* SPDX-License-Identifier: MIT */
/* The mental merge and its note.  What somebody wrote is never lost: when the
 * daemon does not take it, the file stays and is named. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/parse.h"
#include "client/commands.h"
#include "client/editor.h"
#include "client/say.h"
#include "client/show.h"
#include "client/talk.h"
#include "words/words.h"

/* {verb: what} with the day when one was given; NULL when it is not UTF-8,
 * which talk() says. */
static json_t *
request(const char *verb, const char *what, const char *day)
{
	return json_pack(day ? "{s:s s:s}" : "{s:s}", verb, what, "day", day);
}

/* Opens the day's draft; *note is what was written, the caller's, and *base
 * the draft it was written into. */
static int
write_note(struct editor *e, const char *day, char **note, int64_t *base)
{
	AUTO_JSON struct json_t *draft = NULL;
	json_t *ask = request("get", "note", day);
	struct err err;
	int code;

	json_object_set_new(ask, "draft", json_true());
	code = talk(ask, TALK_START | TALK_SLOW, &draft);
	if (code != EXIT_DONE)
		return code;
	*base = show_int(draft, "base", 0);
	if (editor_run(e, show_string(draft, "text"), note, &err) < 0) {
		say_error(W_MERGE_NOT, err.text);
		return EXIT_NO;
	}
	if (!**note) {
		say_error("%s", W_MERGE_EMPTY);
		return EXIT_NO;
	}
	return EXIT_DONE;
}

static int
merge_with(const char *day, const char *note, int64_t base)
{
	json_t *o = request("do", "merge", day);

	if (base)
		json_object_set_new(o, "base", json_integer(base));
	if (note && json_object_set_new(o, "note", json_string(note)) < 0) {
		json_decref(o);
		say_error("%s", W_TALK_NOT_UTF8);
		return EXIT_USAGE;
	}
	return talk_order(o);
}

static int
merge_in_editor(const char *day)
{
	AUTO_EDITOR struct editor e = {0};
	AUTO_FREE char *note = NULL;
	int64_t base;
	int code = write_note(&e, day, &note, &base);

	if (code != EXIT_DONE)
		return code;
	code = merge_with(day, note, base);
	if (code != EXIT_DONE)
		say_error(W_MERGE_KEPT, editor_keep(&e));
	return code;
}

int
merge_command(const struct call *call)
{
	const char *day = call_flag(call, "--day");
	const char *note = call_flag(call, "-m");
	bool undo = call_flag(call, "--undo") != NULL;
	bool no_edit = call_flag(call, "--no-edit") != NULL;
	json_t *o;

	if ((note != NULL) + undo + no_edit > 1)
		return call_usage(call, W_MERGE_ONE);
	if (undo) {
		o = request("do", "merge", day);
		json_object_set_new(o, "undo", json_true());
		return talk_order(o);
	}
	if (note && !note[strspn(note, " \t\n")])
		return call_usage(call, W_MERGE_EMPTY);
	return note || no_edit ? merge_with(day, note, 0)
			       : merge_in_editor(day);
}

int
note_command(const struct call *call)
{
	AUTO_JSON struct json_t *reply = NULL;
	json_t *ask = request("get", "note",
		call->nwords ? call->words[0] : NULL);
	int code;

	if (!call->nwords)
		json_object_set_new(ask, "last", json_true());
	code = talk(ask, TALK_ONLY, &reply);
	if (code == EXIT_DONE)
		say_text(show_string(reply, "text"));
	return code;
}
