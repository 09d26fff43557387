/* SPDX-License-Identifier: MIT */
/* Keeps the daemon reachable: a socket that was taken away is made anew. */
#pragma once

struct daemon;
struct sockwatch;

/* Watches the socket that was just made. sockwatch_free() takes NULL, too,
 * removes the socket if it is still ours, and returns NULL. */
struct sockwatch *sockwatch_new(struct daemon *d);
struct sockwatch *sockwatch_free(struct sockwatch *w);
