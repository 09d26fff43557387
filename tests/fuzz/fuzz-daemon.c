/* SPDX-License-Identifier: MIT */
/*
 * Any lines of a peer that has said hello, given to a whole daemon with a
 * clock that stands still, a history and notes in a scratch home.  A line that
 * begins with '#' is a stored event instead: its kind, a blank, its data.
 */
#include <jansson.h>

#include "daemon/event.h"
#include "daemon/requests.h"
#include "daemon/server.h"
#include "fuzz/daemon.h"
#include "store/store.h"

static void
stored(char *line)
{
	char *blank = strchr(line, ' ');
	struct store_event event = {.kind = line, .data = "{}"};
	struct engine_event out;

	if (blank) {
		*blank = '\0';
		event.data = blank + 1;
	}
	event_decode(&event, &out);
}

static void
asked(struct daemon *d, const char *line)
{
	struct peer peer = {.serial = UINT64_MAX, .hello = true};
	json_t *message = NULL;

	if (text_is_utf8(line, strlen(line)))
		message = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(message))
		requests_line(d, &peer, message);
	json_decref(message);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_FREE char *text = xstrndup((const char *)data, n);
	struct daemon *d = fuzz_daemon("2026-11-18T10:00:00+01:00,step");
	char *rest = NULL;

	for (char *line = strtok_r(text, "\n", &rest); line;
		line = strtok_r(NULL, "\n", &rest)) {
		if (*line == '#')
			stored(line + 1);
		else
			asked(d, line);
	}
	fuzz_settle();
	return 0;
}
