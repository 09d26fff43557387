/* SPDX-License-Identifier: MIT */
/*
 * Any lines as what the digest says of repositories: into the draft of a note,
 * the notice at the end of the day, and the report.
 */
#include <jansson.h>

#include "daemon/digest.h"
#include "daemon/note.h"
#include "daemon/report.h"
#include "daemon/summary.h"
#include "daemon/tally.h"
#include "fuzz/daemon.h"

#define DAY "2026-11-18"

/* What the daemon keeps of the lines. */
static json_t *
rows(char *text)
{
	json_t *list = json_array();
	char *rest = NULL;

	for (char *line = strtok_r(text, "\n", &rest); line;
		line = strtok_r(NULL, "\n", &rest)) {
		json_t *row = digest_row(line);

		if (row)
			json_array_append_new(list, row);
	}
	return list;
}

static void
told(struct daemon *d, json_t *list)
{
	struct engine_effect effect = {.notice = {.notice = NOTICE_MERGE}};
	AUTO_BUF struct buf draft = {0}, body = {0};
	struct tally tally;
	json_t *report;

	tally_read(d, 0, 1, &tally);
	tally_rows(&tally, list);
	tally_free(&tally);
	note_draft(d, DAY, list, &draft);
	must(fuzz_is_plain(draft.data));
	summary_body(d, &effect, list, &body);
	summary_open(list, &body);
	report = json_pack("{s[{ss}]}", "late_commits", "oid", "1");
	report_repositories_add(report, list);
	json_decref(report);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct daemon *d = fuzz_daemon("2026-11-18T17:00:00+01:00,step");
	AUTO_FREE char *text = xstrndup((const char *)data, n);
	json_t *list = rows(text);

	told(d, list);
	json_decref(list);
	return 0;
}
