/* SPDX-License-Identifier: MIT */
/* Why an order was refused. */
#pragma once

#include "engine/engine.h"

struct buf;
struct daemon;

/* Adds the reason, what would be granted, and how many extensions are left. */
void refusal_say(struct daemon *d, enum engine_refusal why, struct buf *out);
