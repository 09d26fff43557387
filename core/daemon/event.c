/* SPDX-License-Identifier: MIT */
/*
 * Live events and remembered ones take the same way into the engine: through
 * the record in the store.  So a restart cannot decide otherwise.
 */
#include "daemon/event.h"

#include <jansson.h>

#include "engine/names.h"
#include "store/store.h"
#include "wire/event.h"

bool
event_decode(const struct store_event *stored, struct engine_event *out)
{
	json_t *data;
	int r;

	*out = EVENT_NOTHING;
	out->at = stored->at;
	out->human = stored->human;
	if (!engine_event_kind(stored->kind, &out->kind))
		return false;
	data = json_loads(stored->data ? stored->data : "{}", 0, NULL);
	r = event_read_fields(data, out, NULL);
	json_decref(data);
	return r == 0;
}
