/* SPDX-License-Identifier: MIT */
/* Who starts the daemon at log-in. */
#pragma once

struct json_t;

/* Adds a check to the list, as doctor's are. */
void service_check(struct json_t *checks);
