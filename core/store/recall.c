/* SPDX-License-Identifier: MIT */
/* Events as they were stored, and what they say together. */
#include "store/store.h"

#include "store/internal.h"
#include "store/query.h"

#define EVENT_COLUMNS                                                          \
	"id, at, kind, source, project, oid, data, verdict, past, human"

static struct store_event
event_row(struct query *q)
{
	return (struct store_event){
		.id = query_int(q, 0),
		.at = query_int(q, 1),
		.kind = query_text(q, 2),
		.source = query_text(q, 3),
		.project = query_text(q, 4),
		.oid = query_text(q, 5),
		.data = query_text(q, 6),
		.verdict = query_text(q, 7),
		.past = query_int(q, 8),
		.human = query_int(q, 9) != 0,
	};
}

static const char each[] = "SELECT " EVENT_COLUMNS " FROM events"
			   " WHERE at >= ?1 AND at < ?2 ORDER BY at, id";
static const char each_order[] =
	"SELECT " EVENT_COLUMNS " FROM events"
	" WHERE at >= ?1 AND at < ?2 AND kind IN ('extend', 'merge', 'reopen',"
	" 'oncall', 'off', 'today', 'carry', 'handed', 'config', 'zone')"
	" AND kind <> 'activity' ORDER BY at, id";

int
store_each(struct store *s, int64_t from, int64_t to, bool orders,
	int (*fn)(void *data, const struct store_event *event), void *data)
{
	AUTO_QUERY struct query q = query(s, orders ? each_order : each,
		WITH(INT(from), INT(to)));
	int stop = 0;

	while (!stop && query_row(&q)) {
		struct store_event event = event_row(&q);

		stop = fn(data, &event);
	}
	return stop ? stop : query_end(&q, NULL);
}

int
store_newest(struct store *s, const char *kind, int64_t before,
	int (*fn)(void *data, const struct store_event *event), void *data)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT " EVENT_COLUMNS " FROM events WHERE kind = ?1 AND"
		" at < ?2 AND kind <> 'activity'"
		" ORDER BY at DESC, id DESC LIMIT 1",
		WITH(TEXT(kind), INT(before)));
	struct store_event event;

	if (!query_row(&q))
		return query_end(&q, NULL);
	event = event_row(&q);
	fn(data, &event);
	return 1;
}

int
store_knows_commit(struct store *s, const char *oid)
{
	AUTO_QUERY struct query q = query_kept(s, &s->kept.knows,
		"SELECT 1 FROM events WHERE oid = ?1 AND oid <> '' LIMIT 1",
		WITH(TEXT(oid)));

	return query_row(&q);
}

int
store_count(struct store *s, int64_t from, int64_t to, int64_t *n,
	int64_t *last)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT count(*), max(id) FROM events"
		" WHERE at >= ?1 AND at < ?2",
		WITH(INT(from), INT(to)));

	if (!query_row(&q))
		return query_end(&q, NULL);
	*n = query_int(&q, 0);
	*last = query_int(&q, 1);
	return 0;
}

int64_t
store_alive(struct store *s, int64_t now)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT max(coalesce((SELECT max(at) FROM events WHERE"
		" at <= ?1), -1), coalesce((SELECT max(at) FROM notices"
		" WHERE at <= ?1), -1))",
		WITH(INT(now)));
	int64_t at = query_row(&q) ? query_int(&q, 0) : -1;

	return at < 0 ? INT64_MIN : at;
}

int
store_sources(struct store *s,
	void (*fn)(void *data, const char *source, int64_t last), void *data)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT source, last FROM sources ORDER BY source", WITHOUT);

	while (query_row(&q))
		fn(data, query_text(&q, 0), query_int(&q, 1));
	return query_end(&q, NULL);
}

int
store_hookless(struct store *s, int64_t since, int64_t least,
	void (*fn)(void *data, const char *project, int64_t commits),
	void *data)
{
	AUTO_QUERY struct query q = query(s,
		"SELECT e.project, count(*) FROM events e JOIN"
		" (SELECT project, max(id) AS id FROM events WHERE"
		" kind = 'commit' AND kind <> 'activity' AND at >= ?1"
		" AND source = 'hook' AND project <> ''"
		" GROUP BY project) h ON e.project = h.project WHERE"
		" e.kind = 'commit' AND e.kind <> 'activity' AND"
		" e.at >= ?1 AND e.id > h.id AND e.source = 'watch'"
		" GROUP BY e.project HAVING count(*) >= ?2",
		WITH(INT(since), INT(least)));

	while (query_row(&q))
		fn(data, query_text(&q, 0), query_int(&q, 1));
	return query_end(&q, NULL);
}
