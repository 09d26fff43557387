/* SPDX-License-Identifier: MIT */
/*
 * vesper doctor: what the daemon knows about itself, and before it what can
 * be seen without one, since a daemon that is not there cannot say so.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/paths.h"
#include "client/commands.h"
#include "client/hooks.h"
#include "client/link.h"
#include "client/say.h"
#include "client/service.h"
#include "client/show.h"
#include "client/talk.h"
#include "config/config.h"
#include "words/words.h"

/* Adds a check in the daemon's own form; mend may be NULL. */
static void
add(json_t *checks, const char *name, const char *state, const char *text,
	const char *mend)
{
	AUTO_FREE char *plain = xstrdup(text);
	json_t *o;

	o = json_pack("{s:s, s:s, s:s}", "name", name, "state", state, "text",
		plain);
	if (o && mend)
		json_object_set_new(o, "mend", json_string(mend));
	if (o)
		json_array_append_new(checks, o);
}

static void
check_config(json_t *checks)
{
	AUTO_FREE char *path = paths_config(), *text = NULL;
	struct config_problems problems;
	struct config *c;
	struct err err;

	if (config_load(path, &c, &problems, &err) < 0) {
		add(checks, "config", "wrong", err.text, NULL);
		return;
	}
	if (problems.n == 0) {
		text = xasprintf(W_DOCTOR_CONFIG_OK, path);
		add(checks, "config", "ok", text, NULL);
	} else {
		text = xasprintf(W_DOCTOR_CONFIG_BAD, path, problems.n);
		add(checks, "config",
			config_problems_refused(&problems) ? "wrong" : "warn",
			text, W_DOCTOR_CONFIG_MEND);
	}
	config_free(c);
	config_problems_free(&problems);
}

static void
check_programs(json_t *checks)
{
	static const char *const names[] = {
		"attach", "desktop", "digest", "hooks/post-commit"};
	AUTO_FREE char *dir = paths_libexec();

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		AUTO_FREE char *path = xasprintf("%s/%s", dir, names[i]);
		bool there = access(path, X_OK) == 0;
		AUTO_FREE char *text = xasprintf(
			there ? W_DOCTOR_PRESENT : W_DOCTOR_ABSENT, path);

		add(checks, names[i], there ? "ok" : "wrong", text,
			there ? NULL : W_DOCTOR_INSTALL);
	}
}

/* The daemon's checks, or why there are none. */
static void
check_daemon(json_t *checks)
{
	AUTO_LINK struct link link = LINK_INIT;
	AUTO_BUF struct buf lines = {0};
	AUTO_JSON struct json_t *reply = NULL;
	struct err err;
	int r = link_open(&link, &err);

	if (r == 0)
		r = link_ask(&link, "{\"get\":\"doctor\",\"id\":1}", &lines,
			&err);
	if (r != 0) {
		add(checks, "daemon", "wrong",
			r == LINK_NONE ? W_DOCTOR_NONE_RUNS : err.text,
			r == LINK_NONE ? W_DOCTOR_START : NULL);
		return;
	}
	reply = talk_join(lines.data);
	json_array_extend(checks, json_object_get(reply, "checks"));
}

/* How git runs hooks there only git can say. */
static void
add_hooks(json_t *checks)
{
	struct git_version git;
	json_t *check;
	size_t i;

	if (git_version(&git, NULL) < 0)
		return;
	json_array_foreach(checks, i, check) {
		AUTO_BUF struct buf text = {0};

		if (!*show_string(check, "path"))
			continue;
		buf_adds(&text, show_string(check, "text"));
		hooks_brief(show_string(check, "path"), &git, &text);
		json_object_set_new(check, "text", json_string(text.data));
	}
}

static bool
has_check(const json_t *checks, const char *name)
{
	const json_t *check;
	size_t i;

	json_array_foreach(checks, i, check)
		if (streq(show_string(check, "name"), name))
			return true;
	return false;
}

/* What mends several in a row is said under the last. */
static bool
print_check(const json_t *check, const json_t *next)
{
	const char *state = show_string(check, "state");
	const char *mend = show_string(check, "mend");
	AUTO_BUF struct buf line = {0};

	buf_addf(&line, "%-6s %s: %s\n", state, show_string(check, "name"),
		show_string(check, "text"));
	if (*mend && !streq(mend, show_string(next, "mend")))
		buf_addf(&line, "       -> %s\n", mend);
	say_text(line.data);
	return streq(state, "wrong");
}

int
doctor_command(const struct call *call)
{
	AUTO_JSON struct json_t *report = NULL;
	json_t *checks = json_array(), *check;
	bool wrong = false;
	size_t i;

	report = json_pack("{s:o}", "checks", checks);
	check_daemon(checks);
	if (!has_check(checks, "config"))
		check_config(checks); /* else the daemon has looked */
	check_programs(checks);
	add_hooks(checks);
	service_check(checks);
	if (call_flag(call, "--json"))
		talk_print(report);
	json_array_foreach(checks, i, check) {
		if (call_flag(call, "--json"))
			wrong |= streq(show_string(check, "state"), "wrong");
		else
			wrong |= print_check(check,
				json_array_get(checks, i + 1));
	}
	return wrong ? EXIT_NO : EXIT_DONE;
}
