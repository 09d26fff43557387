/* SPDX-License-Identifier: MIT */
/* Lines from the socket: who asks for what. */
#pragma once

#include <stdint.h>

struct daemon;
struct json_t;
struct peer;

/* Handles one line of a peer and answers it. `data` is the daemon. */
void requests_line(void *data, struct peer *peer, struct json_t *line);

/* Records an event that an editor reported, now (at = 0) or as it was spooled.
 * As ledger_record(), or -EINVAL when it is none. */
int requests_event(struct daemon *d, const struct json_t *line, int64_t at);
