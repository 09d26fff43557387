/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a config: no crash, and what comes out keeps what the rules
 * promise to the engine; what is shown of it can be read back; the excerpt that
 * the history keeps means the same.
 *
 *	make build/fuzz/config && build/fuzz/config /tmp/corpus tests/config
 *
 * What it finds becomes an .ini in tests/config, too.
 */
#include <stdlib.h>

#include "base/text.h"
#include "config/excerpt.h"
#include "config/show.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
must(bool condition)
{
	if (!condition)
		abort();
}

static void
check_rules(const struct rules *r)
{
	must(r->lull < r->idle && r->idle <= r->brk);
	must(r->repeat > 0 && r->stretch_limit > 0);
	must(r->nworkday >= 1 && r->nworkday <= RULES_WORKDAYS);
	for (int i = 0; i < r->nworkday; i++) {
		const struct rules_workday *w = &r->workday[i];

		must(w->nwarn >= 0 && w->nwarn <= RULES_WARNS);
		for (int k = 1; k < w->nwarn; k++)
			must(w->warn[k - 1] > w->warn[k]);
		must(w->limit == RULES_NONE || w->limit > 0);
		must(w->start >= 0 && w->start < 1440);
		must(w->merge >= 0 && w->merge < 1440);
	}
	must((r->ncycle > 0) == (r->rota_start != RULES_NONE));
	for (int i = 0; i < r->ncycle; i++)
		must(r->cycle[i] >= RULES_OFF && r->cycle[i] < r->nworkday);
	for (int i = 0; i < r->nblock; i++)
		must(r->block[i].from >= 0 &&
			r->block[i].from < r->block[i].to &&
			r->block[i].to < r->block[i].from + 1440);
	if (r->return_start != RULES_NONE)
		must(r->return_weeks > 0 && r->return_from > 0 &&
			r->return_from <= r->return_to);
}

static void
check_excerpt(const uint8_t *data, size_t n, const struct config *whole)
{
	struct config_problems problems;
	struct buf kept = {0};
	struct config *c;

	config_excerpt((const char *)data, n, &kept);
	must(kept.len <= n + 1);
	must(config_parse("e", kept.data, kept.len, &c, &problems, NULL) == 0);
	must(memcmp(&c->rules, &whole->rules, sizeof c->rules) == 0);
	must(streq(c->timezone, whole->timezone));
	config_free(c);
	config_problems_free(&problems);
	buf_free(&kept);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct config_problems problems;
	struct buf out = {0};
	struct config *c;

	if (config_parse("f", (const char *)data, n, &c, &problems, NULL) < 0)
		return 0;
	check_rules(&c->rules);
	check_excerpt(data, n, c);
	for (size_t i = 0; i < problems.n; i++) {
		buf_clear(&out);
		config_problem_text(&problems, i, i % 2, &out);
		must(!strchr(out.data, '\n') && !strchr(out.data, '\033'));
		must(text_is_utf8(out.data, out.len));
	}
	buf_clear(&out);
	config_list(c, &out);
	must(text_is_utf8(out.data, out.len));
	buf_free(&out);
	config_free(c);
	config_problems_free(&problems);
	return 0;
}
