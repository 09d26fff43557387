/* SPDX-License-Identifier: MIT */
/* What [privacy] lets be written down and shown. */
#pragma once

struct config;

/* What is kept of a project's path (or NULL): all, its name, or ""; the
 * caller's. */
char *privacy_project(const struct config *config, const char *path);

/* The same of a file's; borrowed from it. */
const char *privacy_file(const struct config *config, const char *path);
