/* SPDX-License-Identifier: MIT */
/* A stored event as the engine reads it. */
#pragma once

#include "engine/engine.h"

struct store_event;

/* True with *out when the engine knows this kind; false for config, zone and
 * set, and for data that cannot be read. */
bool event_decode(const struct store_event *stored, struct engine_event *out);
