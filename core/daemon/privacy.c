/* SPDX-License-Identifier: MIT */
/* Editors and git tell projects alike, so one place decides what is kept. */
#include "daemon/privacy.h"

#include "base/alloc.h"
#include "config/config.h"

/* Editors name a project by its common directory. */
static const char inner[] = "/.git";

char *
privacy_project(const struct config *config, const char *path)
{
	const char *slash;
	size_t n;

	if (!path || config->projects == PRIVACY_NONE)
		return xstrdup("");
	if (config->projects == PRIVACY_FULL)
		return xstrdup(path);
	n = strlen(path);
	if (n > strlen(inner) && streq(path + n - strlen(inner), inner))
		n -= strlen(inner);
	slash = memrchr(path, '/', n);
	return slash ? xstrndup(slash + 1, (size_t)(path + n - slash - 1))
		     : xstrndup(path, n);
}

const char *
privacy_file(const struct config *config, const char *path)
{
	const char *slash;

	if (config->projects == PRIVACY_NONE)
		return "";
	slash = strrchr(path, '/');
	return config->projects == PRIVACY_NAME && slash ? slash + 1 : path;
}
