/* SPDX-License-Identifier: MIT */
/* The names users see, for every enum of the engine. */
#pragma once

#include "engine/engine.h"

/* Static; as configs, histories and JSON have them, in no language. */
const char *engine_event_name(enum engine_event_kind kind);
const char *engine_regime_name(enum engine_regime regime);
const char *engine_notice_name(enum engine_notice notice);
const char *engine_verdict_name(enum engine_verdict verdict);

/* The other way round; false for an unknown name. */
bool engine_event_kind(const char *name, enum engine_event_kind *out);
bool engine_notice_kind(const char *name, enum engine_notice *out);
