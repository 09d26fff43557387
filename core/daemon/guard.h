/* SPDX-License-Identifier: MIT */
/* Who ends a command of a person's when the daemon is gone. */
#pragma once

#include <sys/types.h>

/* In a child of `daemon`, before exec: makes it a group with a guard, which is
 * what the daemon sees, ends as the command does, and takes the whole group
 * along when there is no daemon any more. Returns in the command. */
void guard_set(pid_t daemon);
