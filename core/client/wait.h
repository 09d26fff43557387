/* SPDX-License-Identifier: MIT */
/* Waiting for a daemon that is not there. */
#pragma once

/* Returns 0 when it may be there, or -EPIPE when nobody reads stdout. */
int wait_for_daemon(void);
