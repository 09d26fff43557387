/* SPDX-License-Identifier: MIT */
/*
 * Why the engine refused an order, in words.  The number that stood in the way
 * is said, too, so that nobody has to guess what would be granted.
 */
#include "daemon/refusal.h"

#include "base/buf.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "daemon/summary.h"
#include "words/instant.h"
#include "words/words.h"

static const char *
refusal(enum engine_refusal why)
{
	switch (why) {
	case REFUSED_DAY_OFF:
		return W_NO_DAY_OFF;
	case REFUSED_NONE_LEFT:
		return W_NO_NONE_LEFT;
	case REFUSED_PAST:
		return W_NO_PAST;
	case REFUSED_TOO_LONG:
		return W_NO_TOO_LONG;
	case REFUSED_NEXT_DAY:
		return W_NO_NEXT_DAY;
	case REFUSED_OVERLAP:
		return W_NO_OVERLAP;
	case REFUSED_TOO_MANY:
		return W_NO_TOO_MANY;
	case REFUSAL_KINDS:
		break;
	}
	return "";
}

/* How many extensions are left, and the bound a refused one came up against. */
void
refusal_say(struct daemon *d, enum engine_refusal why, struct buf *out)
{
	struct engine_view view;
	bool ended;

	ledger_view(d, &view);
	ended = why == REFUSED_PAST && view.effective_end <= view.now;
	buf_adds(out, ended ? W_WHEN_PAST : refusal(why));
	if (why == REFUSED_TOO_LONG && view.workday >= 0) {
		buf_addf(out, " %s ", W_REFUSED_AT_MOST);
		summary_length(d->config->rules.workday[view.workday]
				       .extension_max,
			out);
	} else if (why == REFUSED_PAST && !ended) {
		buf_addf(out, " %s ", W_REFUSED_END_IS);
		instant_add(view.now, view.effective_end, out);
	} else if (why == REFUSED_NEXT_DAY) {
		buf_addf(out, " %s ", W_REFUSED_TURNS);
		instant_add(view.now, view.close, out);
	} else if (!ended) {
		return;
	}
	buf_adds(out, ". ");
	buf_addf(out, W_EXTENSIONS_LEFT, view.extensions_left);
}
