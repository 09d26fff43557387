/* SPDX-License-Identifier: MIT */
/* Editors and git tell projects alike, so one place decides what is kept. */
#include "daemon/privacy.h"

#include "base/util.h"
#include "config/config.h"

const char *
privacy_project(const struct config *config, const char *path)
{
	const char *slash;

	if (!path || config->projects == PRIVACY_NONE)
		return "";
	if (config->projects == PRIVACY_FULL)
		return path;
	slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}
