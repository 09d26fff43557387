/* SPDX-License-Identifier: MIT */
/* Starting vesperd for a command that needs it. */
#pragma once

#include "base/err.h"

/* Starts vesperd (the one beside this program, else the one in $PATH) cut off
 * from this terminal, and returns when it answers: 0. -errno with a sentence
 * when it cannot be started or does not answer within three seconds. */
int launch_daemon(struct err *err);
