/* SPDX-License-Identifier: MIT */
/*
 * With a user manager of systemd that is its socket unit, elsewhere the
 * desktop's autostart.  Looked at as files: systemctl would have to be run,
 * and says nothing without a bus.
 */
#include "client/service.h"

#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "words/words.h"

#define WANTS "systemd/user/sockets.target.wants/vesperd.socket"
#define AUTOSTART "autostart/vesper.desktop"
#define UNIT "systemd/user/vesperd.socket"

/* "FILE" below the first of these directories that has it, a link that
 * leads nowhere included. The caller frees it; NULL: none. */
static char *
find(const char *file, const char *const *dirs)
{
	char *to = NULL;

	for (; *dirs; dirs++) {
		AUTO_FREE char *path = xasprintf("%s/%s", *dirs, file);
		char link[4096];

		if (readlink(path, link, sizeof link) >= 0 ||
			access(path, F_OK) == 0) {
			to = steal_ptr(&path);
			break;
		}
	}
	return to;
}

/* $XDG_CONFIG_HOME, or ~/.config. */
static char *
home_of(const char *variable, const char *otherwise)
{
	const char *dir = getenv(variable), *home = getenv("HOME");

	if (dir && *dir == '/')
		return xstrdup(dir);
	return xasprintf("%s/%s", home ? home : "", otherwise);
}

static bool
has_user_manager(void)
{
	const char *dir = getenv("XDG_RUNTIME_DIR");
	AUTO_FREE char *path = dir ? xasprintf("%s/systemd/private", dir)
				   : NULL;

	return path && access(path, F_OK) == 0;
}

static void
add(json_t *checks, const char *state, const char *text, const char *mend)
{
	json_t *check = json_pack("{s:s, s:s, s:s}", "name", "start", "state",
		state, "text", text);

	if (mend)
		json_object_set_new(check, "mend", json_string(mend));
	json_array_append_new(checks, check);
}

void
service_check(struct json_t *checks)
{
	AUTO_FREE char *own = home_of("XDG_CONFIG_HOME", ".config");
	AUTO_FREE char *data = home_of("XDG_DATA_HOME", ".local/share");
	const char *const etc[] = {own, "/etc", NULL};
	const char *const xdg[] = {own, "/etc/xdg", "/usr/local/etc/xdg",
		NULL};
	const char *const lib[] = {own, "/etc", data, "/usr/lib",
		"/usr/local/lib", NULL};
	AUTO_FREE char *wanted = find(WANTS, etc), *unit = find(UNIT, lib);
	AUTO_FREE char *autostart = find(AUTOSTART, xdg);

	if (wanted && has_user_manager())
		add(checks, "ok", wanted, NULL);
	else if (has_user_manager())
		add(checks, "warn", W_DOCTOR_NOT_ENABLED,
			unit ? W_DOCTOR_ENABLE : W_DOCTOR_MAKE_INSTALL);
	else if (autostart)
		add(checks, "ok", autostart, NULL);
	else
		add(checks, "warn", W_DOCTOR_NO_AUTOSTART,
			W_DOCTOR_MAKE_INSTALL);
}
