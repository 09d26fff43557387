/* SPDX-License-Identifier: MIT */
/*
 * Bytes become rules and a week of events; the contract's invariants must
 * hold at every instant.
 *
 *	make build/fuzz/engine && build/fuzz/engine /tmp/corpus
 */
#include "engine/random.h"

#define EVENTS_MOST 400
#define STEPS_MOST 20000

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
hold(const char *broken)
{
	if (!broken)
		return;
	fprintf(stderr, "broken: %s\n", broken);
	abort();
}

static void
settle(struct engine *e, int64_t limit)
{
	struct engine_effects fx;
	int64_t before = engine_settled(e);
	int steps = 0;

	/* repeat = 0 is a notice a second: not for ever */
	while (steps++ < STEPS_MOST && engine_step(e, limit, &fx)) {
		hold(effects_break(e, &fx));
		hold(engine_settled(e) > before ? NULL : "time goes on");
		before = engine_settled(e);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct dice dice = {.bytes = bytes, .n = n};
	struct engine *e = malloc(engine_size());
	struct rules rules[2];
	int64_t now = EPOCH;
	struct engine_effects fx;
	struct engine_event ev;

	random_zone(&dice);
	random_rules(&dice, &rules[0]);
	random_rules(&dice, &rules[1]);
	engine_init(e, &rules[0], &toy_zone, now);
	for (int i = 0; i < EVENTS_MOST && dice.n; i++) {
		now += random_gap(&dice);
		settle(e, now - 1);
		random_event(&dice, now, &ev);
		engine_event(e, &ev, &fx);
		hold(state_breaks(e));
		if (roll(&dice, 64) == 1)
			engine_replan(e, &rules[roll(&dice, 2)], &toy_zone);
	}
	settle(e, now + DAY_S);
	free(e);
	return 0;
}
