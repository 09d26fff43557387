/* SPDX-License-Identifier: MIT */
/*
 * Birth and death of the daemon.  The history's lock and the socket are taken
 * first: a second vesperd must not touch the database of the first.
 */
#include "daemon/daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "base/parse.h"
#include "base/paths.h"
#include "base/text.h"
#include "config/excerpt.h"
#include "daemon/board.h"
#include "daemon/confwatch.h"
#include "daemon/desktop.h"
#include "daemon/gather.h"
#include "daemon/git.h"
#include "daemon/history.h"
#include "daemon/holders.h"
#include "daemon/ledger.h"
#include "daemon/onnotice.h"
#include "daemon/place.h"
#include "daemon/quiet.h"
#include "daemon/requests.h"
#include "daemon/rollup.h"
#include "daemon/server.h"
#include "daemon/service.h"
#include "daemon/sockwatch.h"
#include "daemon/spool.h"
#include "daemon/timeline.h"
#include "daemon/word.h"
#include "wire/sock.h"
#include "words/words.h"

#define SYSTEMD_FIRST_FD 3

/* What is kept of a config for judging its days later. */
#define CONFIG_TEXT_MAX (256 * 1024)

static date_t
zone_date(int64_t t)
{
	return civil_local(t, NULL);
}

const struct zone daemon_zone = {civil_instant, zone_date};

char *
daemon_database_path(const struct daemon *d)
{
	AUTO_FREE char *dir = paths_state();

	return xasprintf("%s/%s.db", dir, d->options.clock ? "clock" : "vesper");
}

char *
daemon_notes_path(const struct daemon *d)
{
	AUTO_FREE char *dir = paths_data();

	return xasprintf("%s/%s", dir,
		d->options.clock ? "clock-notes" : "notes");
}

/* A socket handed over by systemd (sd_listen_fds(3)), or one of our own. */
static int
take_socket(struct daemon *d, struct err *err)
{
	AUTO_FREE char *path = paths_socket();
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
	int64_t n;

	if (pid && fds && parse_int(pid, getpid(), getpid(), &n) &&
		parse_int(fds, 1, 1, &n)) {
		fcntl(SYSTEMD_FIRST_FD, F_SETFD, FD_CLOEXEC);
		g_unix_set_fd_nonblocking(SYSTEMD_FIRST_FD, TRUE, NULL);
		unsetenv("LISTEN_PID");
		unsetenv("LISTEN_FDS");
		return SYSTEMD_FIRST_FD;
	}
	d->own_socket = true;
	return sock_listen(path, err);
}

/* --- the config ------------------------------------------------------------------ */

static void
report_problems(struct daemon *d)
{
	for (size_t i = 0; i < d->problems.n; i++) {
		AUTO_BUF struct buf text = {0};

		config_problem_text(&d->problems, i, false, &text);
		if (d->problems.list[i].warning)
			log_warn("%s", text.data);
		else
			log_error("%s", text.data);
	}
}

/* What of the file the history keeps, "" when there is none; the caller frees
 * it. What config_load takes for a file, made fit for JSON. */
static char *
config_text(struct daemon *d)
{
	AUTO_BUF struct buf text = {0}, kept = {0};

	file_read(d->config_path, CONFIG_TEXT_MAX, &text);
	buf_adds(&text, "");
	config_excerpt(text.data, text.len, &kept);
	text_plain(kept.data);
	return buf_steal(&kept);
}

static int
load_config(struct daemon *d, struct err *err)
{
	struct config_problems problems = {0};
	struct config *config = NULL;
	int r = config_load(d->config_path, &config, &problems, err);

	free(d->config_unusable);
	d->config_unusable = NULL;
	if (r < 0) {
		d->config_unusable = xstrdup(err->text);
		return r;
	}
	config_free(d->config);
	config_problems_free(&d->problems);
	d->config = config;
	d->problems = problems;
	report_problems(d);
	return 0;
}

/* The first config: one that cannot be used as a whole is all defaults. */
static void
first_config(struct daemon *d)
{
	struct config_problems problems = {0};
	struct err err;

	d->config_path = paths_config();
	if (load_config(d, &err) == 0)
		return;
	log_error(W_CONFIG_DEFAULTS, err.text);
	config_parse(d->config_path, "", 0, &d->config, &problems, NULL);
	config_problems_free(&problems);
}

/* A user who never sees stderr still learns of a typo. */
static void
tell_problems(struct daemon *d)
{
	AUTO_BUF struct buf text = {0};

	for (size_t i = 0; i < d->problems.n; i++) {
		if (i)
			buf_adds(&text, "\n");
		config_problem_text(&d->problems, i, false, &text);
	}
	if (d->config_unusable)
		board_tell(d, W_CONFIG_UNUSABLE_TITLE, d->config_unusable);
	else if (d->problems.n)
		board_tell_logged(d, W_CONFIG_TITLE, text.data);
	if (d->trouble)
		board_tell(d, W_TROUBLE_TITLE, d->trouble);
}

static void
replan(struct daemon *d)
{
	AUTO_FREE char *text = config_text(d);

	ledger_replan(d, text);
}

int
daemon_reload(struct daemon *d, struct err *err)
{
	struct config *old = d->config;
	int r;

	place_settle(d); /* [privacy] may be another */
	/* The engine borrows the old rules until it has the new ones. */
	d->config = NULL;
	r = load_config(d, err);
	if (r < 0) {
		d->config = old;
		log_error(W_CONFIG_STAYS, err->text);
		tell_problems(d);
		return r;
	}
	replan(d);
	config_free(old);
	desktop_reload(d->desktop);
	holders_reload(d);
	ledger_advance(d);
	tell_problems(d);
	return 0;
}

/* --- zones ------------------------------------------------------------------------- */

void
daemon_restore_zone(struct daemon *d)
{
	if (*d->config->timezone)
		civil_set_zone(d->config->timezone);
	else if (d->zone_at_start)
		setenv("TZ", d->zone_at_start, 1);
	else
		unsetenv("TZ");
	tzset();
}

char *
daemon_system_zone(const struct daemon *d)
{
	char path[512];
	ssize_t n;
	char *name;

	if (d->zone_at_start)
		return xstrdup(d->zone_at_start);
	n = readlink("/etc/localtime", path, sizeof path - 1);
	path[n > 0 ? n : 0] = '\0';
	name = strstr(path, "zoneinfo/");
	return xstrdup(name ? name + strlen("zoneinfo/") : "");
}

int
daemon_set_zone(struct daemon *d, const char *zone)
{
	int r = civil_set_zone(zone);

	if (r < 0)
		return -EINVAL;
	free(d->zone_at_start);
	d->zone_at_start = xstrdup(zone);
	replan(d);
	return 0;
}

static void
on_config_changed(void *data)
{
	struct err err;

	daemon_reload(data, &err);
}

static void
on_zone_changed(void *data)
{
	struct daemon *d = data;

	tzset();
	replan(d);
	ledger_advance(d);
}

/* --- life ---------------------------------------------------------------------------- */

static void
on_due(void *data)
{
	struct daemon *d = data;

	if (d->ledger)
		ledger_advance(d);
}

static gboolean
on_hangup(gpointer data)
{
	struct err err;

	daemon_reload(data, &err);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_terminate(gpointer data)
{
	daemon_quit(data);
	return G_SOURCE_CONTINUE;
}

/* What editors and repositories did while there was no daemon. */
static int
catch_up(struct daemon *d)
{
	bool batch = history_begin(d);

	d->git = git_new(d);
	if (batch)
		spool_read(d);
	git_catch_up(d);
	spool_take(d, INT64_MAX);
	return batch ? spool_done(d) : 0;
}

static void
go_live(struct daemon *d, int fd)
{
	struct server_calls calls = {git_knock, requests_line, d};

	d->server = server_new(fd, &calls);
	if (d->own_socket)
		d->sockwatch = sockwatch_new(d);
	d->gather = gather_new(d);
	d->places = places_new();
	d->board = board_new();
	d->holders = holders_new();
	d->word = word_new();
	d->quiet = quiet_new(d);
	d->rollup = rollup_new(d);
	if (catch_up(d) < 0) {
		/* nothing of it is stored: once more, into the reserve */
		d->git = git_free(d->git);
		ledger_close(d);
		ledger_open(d, NULL);
		catch_up(d);
	}
	git_caught_up(d);
	replan(d);
	d->desktop = desktop_new(d);
	ledger_go_live(d);
	rollup_start(d);
	tell_problems(d);
	d->service = service_ready();
	d->confwatch = confwatch_new(d->config_path, on_config_changed,
		on_zone_changed, d);
	g_unix_signal_add(SIGHUP, on_hangup, d);
	g_unix_signal_add(SIGTERM, on_terminate, d);
	g_unix_signal_add(SIGINT, on_terminate, d);
}

static void
remove_socket(void)
{
	AUTO_FREE char *path = paths_socket();

	unlink(path);
}

int
daemon_start(const struct daemon_options *options, struct daemon **out,
	struct err *err)
{
	struct daemon *d = xcalloc(1, sizeof *d);
	AUTO_CLOSE int fd = -1;
	const char *zone = getenv("TZ");
	int r;

	d->options = *options;
	d->zone_at_start = zone ? xstrdup(zone) : NULL;
	d->loop = g_main_loop_new(NULL, FALSE);
	r = history_lock(d, err);
	if (r == 0) {
		fd = take_socket(d, err);
		r = fd < 0 ? fd : 0;
	}
	if (r == 0)
		r = timeline_new(options->clock, on_due, d, &d->time, err);
	if (r == 0) {
		first_config(d);
		r = history_open(d, err);
	}
	if (r == 0)
		r = ledger_open(d, err);
	if (r < 0) {
		if (fd >= 0 && d->own_socket)
			remove_socket();
		daemon_free(d);
		return r;
	}
	go_live(d, steal_fd(&fd));
	*out = d;
	return 0;
}

void
daemon_run(struct daemon *d)
{
	g_main_loop_run(d->loop);
}

static gboolean
quit_now(gpointer data)
{
	struct daemon *d = data;

	g_main_loop_quit(d->loop);
	return G_SOURCE_REMOVE;
}

void
daemon_quit(struct daemon *d)
{
	/* After the answer to who asked for it is out. */
	g_idle_add_full(G_PRIORITY_LOW, quit_now, d, NULL);
}

struct daemon *
daemon_free(struct daemon *d)
{
	if (!d)
		return NULL;
	d->service = service_stopping(d->service);
	place_settle(d);
	gather_settle(d);
	if (d->git)
		git_flush(d);
	d->confwatch = confwatch_free(d->confwatch);
	d->desktop = desktop_free(d->desktop);
	d->onnotice = onnotice_free(d->onnotice);
	d->git = git_free(d->git);
	d->word = word_free(d->word);
	d->sockwatch = sockwatch_free(d->sockwatch);
	d->server = server_free(d->server);
	d->gather = gather_free(d->gather);
	d->places = places_free(d->places);
	d->rollup = rollup_free(d->rollup);
	ledger_close(d);
	d->quiet = quiet_free(d->quiet);
	d->holders = holders_free(d->holders);
	d->board = board_free(d->board);
	history_close(d);
	d->time = timeline_free(d->time);
	config_free(d->config);
	config_problems_free(&d->problems);
	free(d->config_unusable);
	free(d->trouble);
	free(d->config_path);
	free(d->status_line);
	free(d->zone_at_start);
	g_main_loop_unref(d->loop);
	free(d);
	return NULL;
}
