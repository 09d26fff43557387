/* SPDX-License-Identifier: MIT */
/* What systemd wants to hear (sd_notify(3)), where it started us. */
#pragma once

struct service;

/* Says that we are ready, and from then on that we are alive, as often as
 * asked. NULL when nobody asked. */
struct service *service_ready(void);

/* Says that we end; NULL is fine. */
struct service *service_stopping(struct service *s);
