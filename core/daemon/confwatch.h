/* SPDX-License-Identifier: MIT */
/* Tells when the config file or the system's time zone has changed. */
#pragma once

struct confwatch;

/* config(data) and zone(data) are called from the main loop. Where files
 * cannot be watched, nothing is told and SIGHUP remains. */
struct confwatch *confwatch_new(const char *config_path,
	void (*config)(void *data), void (*zone)(void *data), void *data);
struct confwatch *confwatch_free(struct confwatch *w);
