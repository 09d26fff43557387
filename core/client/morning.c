/* SPDX-License-Identifier: MIT */
/* The last note, printed.  It counts as handed back once it was printed, not
 * before. */
#include <jansson.h>
#include <stdio.h>

#include "client/commands.h"
#include "client/say.h"
#include "client/show.h"
#include "client/talk.h"
#include "words/words.h"

static void
print(const json_t *reply)
{
	const json_t *open = json_object_get(reply, "unmerged");
	AUTO_BUF struct buf out = {0};
	char ended[SHOW_TEXT];

	buf_adds(&out, show_string(reply, "text"));
	if (*show_string(reply, "file"))
		buf_addf(&out, W_MORNING_PLACE, show_string(reply, "file"),
			(int)show_int(reply, "line", 1));
	if (open)
		buf_addf(&out, W_MORNING_OPEN, show_string(open, "day"),
			show_time(show_int(open, "ended", 0), ended),
			show_string(open, "day"));
	if (out.len)
		say_text(out.data + (*out.data == '\n'));
}

int
morning_command(const struct call *call)
{
	AUTO_JSON struct json_t *reply = NULL;
	int code = talk(json_pack("{s:s}", "get", "morning"), TALK_START,
		&reply);

	(void)call;
	if (code != EXIT_DONE)
		return code;
	show_zone();
	print(reply);
	if (say_finish(EXIT_DONE) != EXIT_DONE)
		return EXIT_NO;
	return talk_order(json_pack("{s:s}", "do", "handed"));
}
