/* SPDX-License-Identifier: MIT */
/*
 * Real zones, real dates: the end of every day is told once and at its
 * instant.  A sample by default; with VESPER_NIGHTLY=1 every zone of the
 * system and every date of 2024 to 2030.
 *
 * The wanted instant is found here in another way than the engine's: by
 * walking through the night with localtime() until the clock on the wall
 * reaches the time.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "base/parse.h"
#include "engine/engine.h"

#include "lib/tap.h"

#define ZONES_MAX 2000
#define PROBE_BACK (2 * 3600 + 1800)

static const struct {
	const char *name;
	int start, merge;
} shapes[] = {
	{"day", 9 * 60, 18 * 60},
	{"late", 14 * 60, 1439},
	{"night", 22 * 60, 6 * 60},
	{"into the gap", 18 * 60, 150},
	{"past midnight", 16 * 60, 0},
};

/* Zones in which something odd happens, and plain ones. */
static const char *const sample[] = {"Europe/Berlin", "Europe/London",
	"America/New_York", "America/St_Johns", "America/Santiago",
	"Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza",
	"Asia/Beirut", "Asia/Almaty", "Asia/Kathmandu", "Asia/Tokyo",
	"Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham",
	"Pacific/Apia", "Pacific/Kiritimati", "America/Nuuk",
	"America/Scoresbysund", "Antarctica/Troll", "America/Havana",
	"America/Asuncion", "UTC"};

static date_t
local_date(int64_t t)
{
	return civil_local(t, NULL);
}

static const struct zone zone = {civil_instant, local_date};

/* Minutes on the wall since 1970-01-01 00:00. */
static int64_t
wall(int64_t t)
{
	time_t tt = (time_t)t;
	struct tm tm;

	localtime_r(&tt, &tm);
	return ((int64_t)civil_date(tm.tm_year + 1900, tm.tm_mon + 1,
			tm.tm_mday) * 1440 + tm.tm_hour * 60 + tm.tm_min);
}

/* The first instant at which the wall shows minute of date, or more. Going by
 * whole minutes: offsets of these years are whole minutes. */
static int64_t
wanted(date_t date, int minute)
{
	int64_t want = (int64_t)date * 1440 + minute;
	int64_t t = want * 60 - civil_offset(want * 60) - PROBE_BACK;

	while (wall(t) < want)
		t += 60;
	return t;
}

/* Works through the days of [from, to); the number of ends that are missing,
 * doubled or elsewhere. */
static int
wrong_ends(struct engine *e, const struct rules *rules, date_t from, date_t to)
{
	const struct rules_workday *w = &rules->workday[0];
	struct engine_event ev = {.kind = EVENT_ACTIVITY, .human = true};
	struct engine_effects fx;
	int wrong = 0;

	engine_init(e, rules, &zone, civil_instant(from, w->start));
	for (date_t d = from; d < to; d++) {
		int64_t end = wanted(d,
			w->merge + (w->merge <= w->start ? 1440 : 0));
		int64_t next = civil_instant(d + 1, w->start);
		int told = 0;

		ev.at = civil_instant(d, w->start);
		while (engine_step(e, ev.at - 1, &fx))
			;
		engine_event(e, &ev, &fx);
		while (engine_step(e, next - 1, &fx))
			for (int i = 0; i < fx.n; i++)
				if (fx.list[i].kind == EFFECT_NOTICE &&
					fx.list[i].notice.notice ==
						NOTICE_MERGE)
					told += fx.list[i].at == end ? 1 : 100;
		wrong += told != 1;
	}
	return wrong;
}

static void
test_zone(struct engine *e, const char *name, int year, int last)
{
	struct rules rules = rules_default;
	int wrong = 0;

	if (civil_set_zone(name) < 0) {
		ok(false, "%s: no such zone", name);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
		int n;

		rules.workday[0].days = 0x7f;
		rules.workday[0].start = shapes[i].start;
		rules.workday[0].merge = shapes[i].merge;
		n = wrong_ends(e, &rules, civil_date(year, 1, 1),
			civil_date(last + 1, 1, 1));
		if (n)
			printf("# %s, %s: %d wrong\n", name, shapes[i].name, n);
		wrong += n;
	}
	is_int(wrong, 0, "%s", name);
}

/* --- all zones of the system ------------------------------------------- */

/* What a zone file holds, as a number; 0 when it is none. */
static uint64_t
zone_content(const char *path)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
	FILE *f = fopen(path, "re");
	char magic[5] = "";
	int c;

	if (!f)
		return 0;
	if (!fgets(magic, sizeof magic, f) || !streq(magic, "TZif"))
		hash = 0;
	while (hash && (c = getc(f)) != EOF)
		hash = (hash ^ (unsigned)c) * UINT64_C(1099511628211);
	fclose(f);
	return hash;
}

/* A second name of the same zone is worked through no second time. */
static bool
known_content(const char *path)
{
	static uint64_t seen[ZONES_MAX];
	static int n;
	uint64_t hash = zone_content(path);

	for (int i = 0; i < n; i++)
		if (seen[i] == hash)
			return true;
	if (n < ZONES_MAX)
		seen[n++] = hash;
	return false;
}

static int
zone_files(const char *root, const char *under, char **list, int n)
{
	char path[512];
	struct dirent *entry;
	DIR *dir;
	struct stat st;

	snprintf(path, sizeof path, "%s/%s", root, under);
	if (!(dir = opendir(path)))
		return n;
	while ((entry = readdir(dir))) {
		char name[300], full[900];

		if (!(entry->d_name[0] >= 'A' && entry->d_name[0] <= 'Z'))
			continue;
		snprintf(name, sizeof name, "%s%s%.100s", under,
			*under ? "/" : "", entry->d_name);
		snprintf(full, sizeof full, "%s/%s", root, name);
		if (stat(full, &st) == 0 && S_ISDIR(st.st_mode))
			n = zone_files(root, name, list, n);
		else if (zone_content(full) && n < ZONES_MAX)
			list[n++] = strdup(name);
	}
	closedir(dir);
	return n;
}

static void
test_all(struct engine *e)
{
	static const char root[] = "/usr/share/zoneinfo";
	static char *list[ZONES_MAX];
	int n = zone_files(root, "", list, 0), distinct = 0;

	for (int i = 0; i < n; i++) {
		char path[512];

		snprintf(path, sizeof path, "%s/%s", root, list[i]);
		if (!known_content(path)) {
			test_zone(e, list[i], 2024, 2030);
			distinct++;
		}
		free(list[i]);
	}
	ok(n > 300, "%d zones, %d of them different", n, distinct);
}

int
main(void)
{
	struct engine *e = malloc(engine_size());

	if (getenv("VESPER_NIGHTLY"))
		test_all(e);
	else
		for (size_t i = 0; i < ARRAY_SIZE(sample); i++)
			test_zone(e, sample[i], 2024 + (int)i % 7,
				2024 + (int)i % 7);
	free(e);
	return tap_done();
}
