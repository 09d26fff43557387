/* SPDX-License-Identifier: MIT */
/* What [privacy] lets be written down. */
#pragma once

struct config;

/* What is kept of a project's path: all, its name, or ""; borrowed from it. */
const char *privacy_project(const struct config *config, const char *path);
