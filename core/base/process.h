/* SPDX-License-Identifier: MIT */
/* What systems have their own ways for: a child between fork() and exec(). */
#pragma once

#include <sys/types.h>

/* The calling child gets this signal when its parent dies, where the system
 * can do that; elsewhere it has to notice by itself (a pipe at its end). Where
 * the parent is dead already, it ends here. Only system calls: after vfork(),
 * too. */
void process_end_with_parent(pid_t parent, int signo);

/* Closes every descriptor from this one on. */
void process_close_from(int fd);
