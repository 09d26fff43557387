/* SPDX-License-Identifier: MIT */
/* Waiting for a daemon that is not there. */
#pragma once

#include "base/util.h"

/* Returns 0 when it may be there, or -EPIPE when nobody reads stdout. rest:
 * somebody listens and hung up, so a few seconds pass before the next try. */
int wait_for_daemon(bool rest);
