/* SPDX-License-Identifier: MIT */
/* Do-not-disturb that is reached over the session bus. */
#pragma once

#include <stdbool.h>

struct _GDBusConnection;
struct dnd_bus;

extern const struct dnd_bus dnd_bus_dunst;
extern const struct dnd_bus dnd_bus_mako;
extern const struct dnd_bus dnd_bus_plasma;
extern const struct dnd_bus dnd_bus_swaync;
extern const struct dnd_bus dnd_bus_xfce;

/* Talks to way from now on; heard() is told what dnd_bus_read() read. */
void dnd_bus_open(struct _GDBusConnection *bus, const struct dnd_bus *way,
	void (*heard)(bool on));

/* Calls that are under way are not heard any more. */
void dnd_bus_close(void);

/* Reads it, without blocking. An answer that makes no sense is none. */
void dnd_bus_read(void);

/* Reads at every change, or no more. */
void dnd_bus_follow(bool on);

/* Switches it; done() is told the value before, or the reason (borrowed) why
 * it could not be done, else NULL. */
void dnd_bus_set(bool on, void (*done)(bool on, bool was, const char *why));
