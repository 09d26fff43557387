/* SPDX-License-Identifier: MIT */
/* Each check is one line: what is so, and when it is not well, its mend. */
#include "daemon/doctor.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/desktop.h"
#include "daemon/git.h"
#include "daemon/history.h"
#include "daemon/ledger.h"
#include "daemon/privacy.h"
#include "daemon/quiet.h"
#include "daemon/server.h"
#include "daemon/sight.h"
#include "daemon/spool.h"
#include "daemon/timeline.h"
#include "store/store.h"
#include "words/words.h"

static void
add(json_t *checks, const char *name, const char *state, const char *text,
	const char *mend)
{
	json_t *check = json_pack("{ss ss ss}", "name", name, "state", state,
		"text", text);

	if (mend)
		json_object_set_new(check, "mend", json_string(mend));
	json_array_append_new(checks, check);
}

static void
check_daemon(struct daemon *d, json_t *checks)
{
	AUTO_BUF struct buf text = {0};

	buf_addf(&text, "vesperd " VESPER_VERSION ", %s clock",
		timeline_kind(d->time));
	add(checks, "daemon", "ok", text.data, NULL);
}

static void
check_config(struct daemon *d, json_t *checks)
{
	if (d->config_unusable)
		add(checks, "config", "wrong", d->config_unusable,
			W_DOCTOR_MEND_FILE);
	for (size_t i = 0; i < d->problems.n; i++) {
		AUTO_BUF struct buf text = {0};

		config_problem_text(&d->problems, i, false, &text);
		add(checks, "config",
			d->problems.list[i].warning ? "warn" : "wrong",
			text.data, W_DOCTOR_MEND_CONFIG);
	}
	if (!d->config_unusable && d->problems.n == 0)
		add(checks, "config", "ok", d->config_path, NULL);
}

static void
check_history(struct daemon *d, json_t *checks)
{
	AUTO_BUF struct buf path = {0}, refused = {0};
	char *database = daemon_database_path(d);

	buf_adds(&path, database);
	if (d->trouble)
		add(checks, "history", "wrong", d->trouble,
			history_mend(d));
	else
		add(checks, "history", "ok", path.data, NULL);
	if (spool_refused()) {
		buf_addf(&refused, W_DOCTOR_SPOOL_REFUSED, spool_refused());
		add(checks, "spool", "warn", refused.data, NULL);
	}
	free(database);
}

static void
check_desktop(struct daemon *d, json_t *checks)
{
	const char *server = desktop_server(d->desktop);
	const char *trouble = desktop_trouble(d->desktop);

	if (!d->config->desktop)
		add(checks, "notifications", "skip", W_DOCTOR_DESKTOP_OFF,
			NULL);
	else if (server)
		add(checks, "notifications", trouble ? "warn" : "ok",
			trouble ? trouble : server, NULL);
	else
		add(checks, "notifications", "warn", W_DOCTOR_NO_SERVER,
			W_DOCTOR_MEND_SERVER);
}

static void
check_quiet(struct daemon *d, json_t *checks)
{
	const char *trouble = quiet_trouble(d);
	AUTO_BUF struct buf text = {0};

	if (!trouble)
		return;
	buf_addf(&text, W_QUIET_NOT, trouble);
	add(checks, "quiet", "warn", text.data, W_DOCTOR_MEND_QUIET);
}

static void
check_editors(struct daemon *d, json_t *checks)
{
	AUTO_BUF struct buf text = {0};
	int n = server_editors(d->server);

	if (n == 0) {
		add(checks, "editors", "warn", W_DOCTOR_NO_EDITOR,
			W_DOCTOR_MEND_EDITOR);
		return;
	}
	buf_addf(&text, W_DOCTOR_EDITORS, n);
	add(checks, "editors", "ok", text.data, NULL);
}

struct source_list {
	struct daemon *d;
	json_t *checks;
};

static void
check_source(void *data, const char *source, int64_t last)
{
	struct source_list *list = data;
	AUTO_BUF struct buf text = {0};
	char date[CIVIL_TEXT], time[CIVIL_TEXT];

	if (sight_is_silent(list->d, source, last))
		return; /* told with what is not seen any more */
	buf_addf(&text, W_DOCTOR_SOURCE, source,
		civil_date_text(civil_local(last, NULL), date),
		civil_time_text(last, time));
	add(list->checks, "source", "ok", text.data, NULL);
}

struct repository_list {
	json_t *checks;
	const struct config *config;
};

static void
check_sight(void *data, const char *name, const char *text, const char *mend)
{
	add(data, name, "warn", text, mend);
}

static void
check_repository(void *data, const char *path, int state, const char *why)
{
	struct repository_list *list = data;
	AUTO_FREE char *kept = privacy_project(list->config, path);
	const char *name = *kept ? kept : W_DOCTOR_PRIVATE;
	AUTO_BUF struct buf text = {0};
	json_t *checks = list->checks;

	if (state < 0) /* the sentence has the path in it */
		buf_addf(&text, W_DOCTOR_UNSEEN, name,
			streq(kept, path) ? why : strerror(-state));
	else
		buf_addf(&text,
			state ? W_DOCTOR_SEEN_PARTLY : W_DOCTOR_SEEN, name);
	text_oneline(text.data); /* it may be no UTF-8 */
	add(checks, "repository", state ? "warn" : "ok", text.data,
		state == -ENOTSUP ? W_DOCTOR_UNSEEN_MEND : NULL);
	text_oneline(kept);
	if (streq(kept, path)) /* else nobody is told how to get there */
		json_object_set_new(json_array_get(checks,
					    json_array_size(checks) - 1),
			"path", json_string(path));
}

json_t *
doctor_checks(struct daemon *d)
{
	json_t *checks = json_array();
	struct source_list list = {d, checks};
	struct repository_list repositories = {checks, d->config};

	check_daemon(d, checks);
	check_config(d, checks);
	check_history(d, checks);
	check_desktop(d, checks);
	check_quiet(d, checks);
	check_editors(d, checks);
	store_sources(d->store, check_source, &list);
	sight_each(d, check_sight, checks);
	if (d->git)
		git_each(d, check_repository, &repositories);
	return json_pack("{so}", "checks", checks);
}
