/* SPDX-License-Identifier: MIT */
/* Daemon, client and helpers compile this one file, so they agree. */
#include "base/paths.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

static const char *
home(void)
{
	const char *dir = getenv("HOME");
	const struct passwd *pw;

	if (dir && *dir == '/')
		return dir;
	pw = getpwuid(getuid());
	return pw ? pw->pw_dir : "/";
}

/* variable/vesper, or HOME/fallback/vesper */
static char *
xdg(const char *variable, const char *fallback)
{
	const char *dir = getenv(variable);

	if (dir && *dir == '/')
		return xasprintf("%s/vesper", dir);
	return xasprintf("%s/%s/vesper", home(), fallback);
}

char *
paths_config(void)
{
	const char *given = getenv("VESPER_CONFIG");
	AUTO_FREE char *dir = NULL;

	if (given && *given)
		return xstrdup(given);
	dir = xdg("XDG_CONFIG_HOME", ".config");
	return xasprintf("%s/config.ini", dir);
}

char *
paths_state(void)
{
	return xdg("XDG_STATE_HOME", ".local/state");
}

char *
paths_data(void)
{
	return xdg("XDG_DATA_HOME", ".local/share");
}

char *
paths_runtime(void)
{
	const char *dir = getenv("XDG_RUNTIME_DIR");
	AUTO_FREE char *state = NULL;

	if (dir && *dir == '/')
		return xasprintf("%s/vesper", dir);
	state = paths_state();
	return xasprintf("%s/run", state);
}

char *
paths_socket(void)
{
	const char *given = getenv("VESPER_SOCKET");
	AUTO_FREE char *dir = NULL;

	if (given && *given)
		return xstrdup(given);
	dir = paths_runtime();
	return xasprintf("%s/socket", dir);
}

char *
paths_libexec(void)
{
	const char *given = getenv("VESPER_LIBEXEC");
	char self[PATH_MAX], probe[PATH_MAX + 32];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *slash;

	if (given && *given)
		return xstrdup(given);
	if (n <= 0)
		return xstrdup(LIBEXECDIR);
	self[n] = '\0';
	slash = strrchr(self, '/');
	*slash = '\0';
	snprintf(probe, sizeof probe, "%s/libexec/attach", self);
	if (access(probe, X_OK) == 0)
		return xasprintf("%s/libexec", self);
	snprintf(probe, sizeof probe, "%s/../libexec/vesper/attach", self);
	if (access(probe, X_OK) == 0)
		return xasprintf("%s/../libexec/vesper", self);
	return xstrdup(LIBEXECDIR);
}

int
paths_make(const char *dir, struct err *err)
{
	AUTO_FREE char *path = xstrdup(dir);

	for (char *p = path + 1;; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(path, 0700) < 0 && errno != EEXIST)
			return err_errno(err, errno, "cannot create %s", path);
		if (c == '\0')
			return 0;
		*p = c;
	}
}

int
paths_make_private(const char *dir, struct err *err)
{
	struct stat st;
	int r = paths_make(dir, err);

	if (r < 0)
		return r;
	if (lstat(dir, &st) < 0)
		return err_errno(err, errno, "cannot look at %s", dir);
	if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid())
		return err_set(err, -EPERM,
			"%s is not a directory of yours: remove it, or set "
			"XDG_RUNTIME_DIR to a place of your own",
			dir);
	/* A place like /tmp is not ours to close, even where we could. */
	if (st.st_mode & (S_ISVTX | S_IWGRP | S_IWOTH))
		return err_set(err, -EPERM,
			"others may write to %s: take a directory of your own",
			dir);
	if ((st.st_mode & 077) && chmod(dir, 0700) < 0)
		return err_errno(err, errno, "cannot close %s to others", dir);
	return 0;
}
