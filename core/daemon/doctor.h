/* SPDX-License-Identifier: MIT */
/* What the daemon can say of its own health. */
#pragma once

struct daemon;
struct json_t;

/* {"checks":[{"name","state","text","mend"}]}; the reference is the
 * caller's. state: ok, warn, wrong or skip. */
struct json_t *doctor_checks(struct daemon *d);
