/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a line of a replay file, and what was read given to the engine.
 *
 *	make build/fuzz/replay && build/fuzz/replay /tmp/corpus
 */
#include <stdlib.h>

#include "client/events.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int64_t
instant(date_t date, int minute)
{
	return (int64_t)date * DAY_S + minute * 60;
}

static date_t
date_of(int64_t t)
{
	return (date_t)(t / DAY_S);
}

static const struct zone zone = {instant, date_of};

/* Lines, the first of which begins the fold; as replay does it. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct engine *e = malloc(engine_size());
	const char *s = (const char *)data, *end = s + n, *next;
	struct engine_effects fx;
	int64_t last = -1;

	for (; e && s < end; s = next + 1) {
		struct event event;
		struct err err;

		next = memchr(s, '\n', (size_t)(end - s));
		next = next ? next : end;
		if (event_read(s, (size_t)(next - s), &event, &err) < 0)
			continue;
		if (last < 0)
			engine_init(e, &rules_default, &zone, event.event.at);
		if (event.what == EVENT_LINE_ENGINE && event.event.at >= last &&
			(last < 0 || event.event.at - last < 40 * DAY_S)) {
			last = event.event.at;
			while (engine_step(e, last - 1, &fx))
				;
			engine_event(e, &event.event, &fx);
		}
		event_clear(&event);
	}
	while (e && last >= 0 && engine_step(e, last + DAY_S, &fx))
		;
	free(e);
	return 0;
}
