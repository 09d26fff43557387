/* SPDX-License-Identifier: MIT */
/*
 * Any JSON as what a daemon of another version answers, and any format: the
 * first line is the format, the second a status, the others are days.
 */
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "client/history.h"
#include "client/status-format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
shown(const char *format, const json_t *status)
{
	static const char *const formats[] = {"waybar", "i3blocks", "tmux"};
	AUTO_BUF struct buf out = {0};

	status_fill(status, format, &out);
	status_format(status, format, false, &out);
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		for (int fed = 0; fed < 2; fed++) {
			buf_clear(&out);
			status_format(status, formats[i], fed, &out);
			must(!out.len || text_is_utf8(out.data, out.len));
		}
	must(status_next_tick(status) >= -1);
}

/* Nobody reads them; stdout is kept for what the fuzzer has to say. */
static void
listed(struct history *h)
{
	int out = dup(STDOUT_FILENO), null = open("/dev/null", O_WRONLY);

	fflush(stdout);
	dup2(null, STDOUT_FILENO);
	history_text(h, "title");
	history_csv(h);
	history_json(h);
	history_html(h, "title", "-");
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	close(null);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_FREE char *text = xstrndup((const char *)data, n);
	struct history h = {.from = 20770, .to = 20780, .today = 20779};
	char *rest = text, *format = strsep(&rest, "\n");
	char *line = rest ? strsep(&rest, "\n") : NULL;
	json_t *status = line ? json_loads(line, 0, NULL) : NULL;

	setenv("TZ", "Europe/Berlin", 1);
	if (text_is_utf8(format, strlen(format)))
		shown(format, status);
	json_decref(status);
	h.days = json_array();
	while (rest && (line = strsep(&rest, "\n"))) {
		json_t *day = json_loads(line, 0, NULL);

		if (json_is_object(day))
			json_array_append(h.days, day);
		json_decref(day);
	}
	listed(&h);
	json_decref(h.days);
	return 0;
}
