/* SPDX-License-Identifier: MIT */
/* Reaching a message bus that is there, and none that is not. */
#pragma once

#include "base/err.h"

struct _GDBusConnection;

enum bus_kind { BUS_SESSION, BUS_SYSTEM };

/* How long a bus or a server may take to answer, in milliseconds. */
#define BUS_LIMIT_MS 5000

/* 0 when the environment names a session bus (or $XDG_RUNTIME_DIR/bus is
 * one), else -ENOENT with a sentence.  An address that would start a bus of
 * its own ("autolaunch:") counts as none. */
int bus_find_session(struct err *err);

/* Connects without blocking. done() is called later, once: with the
 * connection, shared and never to be closed, or with NULL and the reason,
 * which is borrowed. */
void bus_connect(enum bus_kind kind,
	void (*done)(struct _GDBusConnection *bus, const char *why));
