/* SPDX-License-Identifier: MIT */
/* A line of a replay file, read. */
#pragma once

#include "base/err.h"
#include "engine/engine.h"

enum event_line {
	EVENT_LINE_ENGINE, /* `event` is for the engine */
	EVENT_LINE_ZONE,   /* the zone changed to `text` */
	EVENT_LINE_CONFIG, /* `text` is the config from now on */
	EVENT_LINE_NOTHING /* the clock was set: the engine never saw it */
};

struct event {
	enum event_line what;
	struct engine_event event; /* its `at` always holds */
	char *text;		   /* owned; event_clear() */
};

/* Reads one JSON object, n bytes. 0, or -EINVAL with the reason in err. */
int event_read(const char *line, size_t n, struct event *out, struct err *err);

void event_clear(struct event *event);
