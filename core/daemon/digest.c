/* SPDX-License-Identifier: MIT */
/*
 * libgit2 runs in a child: a repository on a dead mount cannot be cancelled,
 * but a process can be killed.
 */
#include "daemon/digest.h"

#include <glib.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/paths.h"
#include "base/text.h"
#include "daemon/child.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "daemon/report.h"
#include "daemon/said.h"
#include "daemon/tally.h"
#include "words/words.h"

/* Each repository has 2 s of its own in there; this is for the whole. */
#define DEADLINE_MS 30000

/* Children at a time; further questions wait, and beyond those that wait they
 * are answered at once with nothing. */
#define RUNNING_MAX 2
#define WAITING_MAX 64

struct digest {
	struct digest *next; /* among those that wait */
	int64_t since, until;
	bool running;
	const char *unread; /* why who did not answer is not read */
	struct daemon *d;
	struct child *child;
	guint timer;
	json_t *asked; /* paths not answered yet, as keys */
	json_t *answers;
	struct tally tally;
	void (*done)(struct daemon *d, json_t *repositories, void *data);
	void *data;
	bool open; /* what is open is wanted by name */
	date_t day;
	char *question;	  /* said.h; NULL: the answers are those kept */
	unsigned changes; /* before it was asked */
};

/* path -> {oid: [insertions, deletions]}, from its last answer: what a commit
 * changed does not change. */
static json_t *lines;
static struct digest *queue;
static int running, waiting;

static void start(struct digest *g);

static void
start_next(void)
{
	struct digest *g = queue;

	if (!g || running >= RUNNING_MAX)
		return;
	queue = g->next;
	waiting--;
	start(g);
}

/* Answers have their names made plain, and so is what is put beside them. */
static void
add_unread(struct digest *g, const char *path)
{
	AUTO_FREE char *plain = xstrdup(path);
	const json_t *answer;
	size_t i;

	text_oneline(plain);
	json_array_foreach(g->answers, i, answer)
		if (streq(json_string_value(json_object_get(answer, "path")),
			    plain))
			return;
	json_array_append_new(g->answers,
		json_pack("{ss ss}", "path", plain, "unread", g->unread));
}

static void
finish(struct digest *g)
{
	const char *path;
	json_t *value;

	json_object_foreach(g->asked, path, value)
		add_unread(g, path);
	if (g->question) {
		tally_rows(&g->tally, g->answers);
		said_keep(g->d, g->day, g->open ? NULL : g->question,
			g->changes, g->answers);
	}
	g->done(g->d, g->answers, g->data);
	tally_free(&g->tally);
	free(g->question);
	running -= g->running;
	json_decref(g->asked);
	json_decref(g->answers);
	free(g);
	start_next();
}

static void
keep_lines(const char *path, json_t *answer)
{
	json_t *counted = json_object_get(answer, "lines");

	if (!lines)
		lines = json_object();
	if (json_object_size(counted))
		json_object_set(lines, path, counted);
}

/* Numbers within bounds, so that no sum of them overflows; -1 is "unknown". */
static void
bound_numbers(json_t *value)
{
	const char *key;
	json_t *one;
	size_t i;

	json_array_foreach(value, i, one)
		bound_numbers(one);
	json_object_foreach(value, key, one)
		bound_numbers(one);
	if (json_is_integer(value))
		json_integer_set(value, max64(-1,
			min64(json_integer_value(value), INT32_MAX)));
}

struct json_t *
digest_row(const char *line)
{
	json_t *row = json_loads(line, 0, NULL);

	if (json_is_string(json_object_get(row, "path"))) {
		bound_numbers(row);
		return row;
	}
	json_decref(row);
	return NULL;
}

static void
on_line(void *data, const char *line)
{
	struct digest *g = data;
	json_t *answer = digest_row(line);
	const char *path = json_string_value(json_object_get(answer, "path"));

	if (path) { /* made plain: it need not be one that was asked */
		if (json_object_get(g->asked, path))
			keep_lines(path, answer);
		json_object_del(answer, "lines"); /* nobody's business */
		json_array_append(g->answers, answer);
		/* last: path is the answer's own, and lives in it */
		json_object_del(g->asked, path);
	}
	json_decref(answer);
}

static void
on_end(void *data, int status UNUSED)
{
	struct digest *g = data;

	if (g->timer)
		g_source_remove(g->timer);
	finish(g);
}

static gboolean
on_deadline(gpointer data)
{
	struct digest *g = data;

	g->timer = 0;
	child_kill(g->child);
	return G_SOURCE_REMOVE;
}

static gboolean
on_nothing(gpointer data)
{
	finish(data);
	return G_SOURCE_REMOVE;
}

/* Who "me" is, besides whom git says in each repository. */
static json_t *
addresses(struct digest *g)
{
	json_t *list = json_array(), *value;
	const char *email;

	for (size_t i = 0; i < g->d->config->nauthors; i++)
		json_array_append_new(list,
			json_string(g->d->config->authors[i]));
	json_object_foreach(g->tally.emails, email, value)
		json_array_append_new(list, json_string(email));
	return list;
}

static void
send_jobs(struct digest *g)
{
	json_t *also = addresses(g);
	const char *path;
	json_t *value;

	json_object_foreach(g->asked, path, value) {
		json_t *known = json_object_get(lines, path);
		json_t *job = json_pack("{ss sI sI sO sO*}", "repository", path,
			"since", (json_int_t)g->since, "until",
			(json_int_t)g->until, "also", also, "known", known);
		char *text;

		if (g->open)
			json_object_set_new(job, "open", json_true());
		text = json_dumps(job, JSON_COMPACT);
		if (text) {
			child_write(g->child, text, strlen(text));
			child_write(g->child, "\n", 1);
		}
		free(text);
		json_decref(job);
	}
	json_decref(also);
	child_finish_input(g->child);
}

static void
start(struct digest *g)
{
	AUTO_FREE char *libexec = paths_libexec();
	AUTO_FREE char *program = xasprintf("%s/digest", libexec);
	const char *argv[] = {program, "--job", NULL};
	struct child_calls calls = {on_line, on_end, g, false};

	if (json_object_size(g->asked))
		g->child = child_start(argv, &calls);
	if (!g->child) {
		g_idle_add(on_nothing, g);
		return;
	}
	g->running = true;
	running++;
	send_jobs(g);
	g->timer = g_timeout_add(DEADLINE_MS, on_deadline, g);
}

/* Whether the answers are there from before. */
static bool
recall(struct digest *g)
{
	g->question = said_question(g->d, g->since, g->until);
	if (!g->open)
		g->answers = said_recall(g->d, g->day, g->question);
	g->changes = said_changes();
	if (!g->answers)
		return false;
	free(g->question);
	g->question = NULL;
	g_idle_add(on_nothing, g);
	return true;
}

static void
ask(struct daemon *d, date_t day, bool open,
	void (*done)(struct daemon *d, struct json_t *repositories, void *data),
	void *data)
{
	struct digest *g = xcalloc(1, sizeof *g);
	struct digest **last = &queue;

	*g = (struct digest){.d = d, .done = done, .data = data,
		.open = open, .day = day, .unread = W_DIGEST_NO_ANSWER};
	report_bounds(d, day, &g->since, &g->until);
	if (recall(g))
		return;
	g->answers = json_array();
	g->asked = report_repositories(d, g->since, g->until);
	tally_read(d, g->since, g->until, &g->tally);
	if (waiting >= WAITING_MAX) {
		g->unread = W_DIGEST_BUSY;
		g_idle_add(on_nothing, g);
		return;
	}
	while (*last)
		last = &(*last)->next;
	*last = g;
	waiting++;
	start_next();
}

void
digest_day(struct daemon *d, date_t day,
	void (*done)(struct daemon *d, struct json_t *repositories, void *data),
	void *data)
{
	ask(d, day, false, done, data);
}

void
digest_open(struct daemon *d, date_t day,
	void (*done)(struct daemon *d, struct json_t *repositories, void *data),
	void *data)
{
	ask(d, day, true, done, data);
}
