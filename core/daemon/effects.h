/* SPDX-License-Identifier: MIT */
/* What the engine decided, carried out: given, written down, answered. */
#pragma once

#include "engine/engine.h"

struct daemon;
struct outcome;

struct effects {
	bool live;     /* notices are given; else they are kept as missed */
	int64_t alive; /* before this instant everything was said */
	struct outcome *outcome; /* of the event under way, or NULL; borrowed */
	struct engine_effect missed[NOTICE_KINDS]; /* the newest of each */
	int64_t missed_n[NOTICE_KINDS]; /* its number, or 0: none missed */
};

/* Carries out what the engine gave for one step. */
void effects_carry_out(struct daemon *d, struct effects *e,
	const struct engine_effects *fx);

/* Says once what the fold would have said while nobody was there to say it,
 * if it still holds. */
void effects_say_missed(struct daemon *d, const struct effects *e);
