/* SPDX-License-Identifier: MIT */
/* What events say: the one reading of histories, exports and replay files. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "lib/tap.h"
#include "wire/event.h"

static int
fields(enum engine_event_kind kind, const char *text, struct engine_event *ev,
	struct err *err)
{
	json_t *o = json_loads(text, 0, NULL);
	int r;

	*ev = EVENT_NOTHING;
	ev->kind = kind;
	r = event_read_fields(o, ev, err);
	json_decref(o);
	return r;
}

static void
read_well(void)
{
	struct engine_event ev;

	ok(fields(EVENT_EXTEND, "{\"for\":\"30m\"}", &ev, NULL) == 0 &&
			ev.length == 1800 && ev.until == RULES_NONE,
		"an extension by a length");
	ok(fields(EVENT_EXTEND, "{\"until\":1795030000}", &ev, NULL) == 0 &&
			ev.until == 1795030000 && ev.length == RULES_NONE,
		"an extension until an instant");
	ok(fields(EVENT_ONCALL, "{\"until\":\"1970-01-01T01:00:00+01:00\"}",
		   &ev, NULL) == 0 &&
			ev.until == 0,
		"an instant as RFC 3339 has it");
	ok(fields(EVENT_CARRY, "{}", &ev, NULL) == 0 && ev.until == RULES_NONE,
		"carrying on for the rest of the day");
	ok(fields(EVENT_OFF, "{\"dates\":\"1970-01-02..1970-01-03\","
			     "\"undo\":true}",
		   &ev, NULL) == 0 &&
			ev.from == 1 && ev.to == 2 && ev.undo,
		"days off");
	ok(fields(EVENT_TODAY, "{\"start\":\"09:00\",\"merge\":\"17:30\"}",
		   &ev, NULL) == 0 &&
			ev.start == 540 && ev.merge == 1050,
		"today's hours");
	ok(fields(EVENT_ACTIVITY, "{\"until\":\"nonsense\"}", &ev, NULL) == 0,
		"what a kind does not need is not looked at");
	ok(event_read_fields(NULL, &ev, NULL) == 0, "and nothing is needed");
}

static void
refused(enum engine_event_kind kind, const char *text, const char *why)
{
	struct engine_event ev;
	struct err err;

	ok(fields(kind, text, &ev, &err) == -EINVAL, "%s", text);
	is_str(err.text, why, "it says why");
	ok(fields(kind, text, &ev, NULL) == -EINVAL, "to nobody as well");
}

int
main(void)
{
	read_well();
	refused(EVENT_EXTEND, "{}",
		"extend takes either \"until\" or \"for\"");
	refused(EVENT_EXTEND, "{\"for\":\"30m\",\"until\":1}",
		"extend takes either \"until\" or \"for\"");
	refused(EVENT_SNOOZE, "{\"for\":30}",
		"\"for\" must be a length such as \"90m\"");
	refused(EVENT_OFF, "{\"dates\":\"2026-12-24..2026-12-20\"}",
		"\"dates\" must be a date or two, such as \"2026-12-24..2026-12-26\"");
	refused(EVENT_OFF, "{\"dates\":\"2026-12-24\",\"undo\":1}",
		"\"undo\" must be true or false");
	refused(EVENT_TODAY, "{\"start\":\"09:00\"}",
		"\"merge\" must be a time of day such as \"09:00\"");
	refused(EVENT_CARRY, "{\"until\":253402300800}",
		"\"until\" must be seconds of UTC or a time such as "
		"2026-11-18T17:58:00+01:00");
	return tap_done();
}
