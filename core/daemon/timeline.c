/* SPDX-License-Identifier: MIT */
/*
 * One timerfd on CLOCK_REALTIME with TFD_TIMER_CANCEL_ON_SET: it fires on
 * time after a suspend, and tells when somebody set the clock.  GLib's own
 * timeouts stand still in suspend and may be half a second late.
 *
 * At a resume the timer can be expired and cancelled at once, so whatever it
 * says, the answer is the same: look at the clocks again.
 */
#include "daemon/timeline.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/parse.h"
#include "words/words.h"

/* 2200-01-01: nanoseconds in 64 bits end some decades later. */
#define LATEST INT64_C(7258118400)

enum mode { REAL, FAST, STEP };

struct timeline {
	enum mode mode;
	int factor;
	int64_t base;	   /* instant in ns at boot_base */
	int64_t boot_base; /* CLOCK_BOOTTIME */
	int64_t wall_off;  /* real: wall clock - boottime, last seen */
	int64_t slept_off; /* boottime - monotonic, last seen */
	int64_t pending_sleep, pending_set; /* step: told, not yet asked for */
	int64_t last;
	int fd;
	guint source;
	void (*due)(void *data);
	void *data;
};

static int
parse_spec(struct timeline *t, const char *spec, struct err *err)
{
	AUTO_FREE char *start = xstrdup(spec);
	char *comma = strchr(start, ',');
	int64_t at, factor = 1;

	t->mode = FAST;
	if (comma) {
		*comma++ = '\0';
		if (streq(comma, "step"))
			t->mode = STEP;
		else if (*comma != 'x' ||
			!parse_int(comma + 1, 1, 100000, &factor))
			return err_set(err, -EINVAL,
				W_CLOCK_PACE, comma);
	}
	if (!parse_instant(start, &at) || at > LATEST)
		return err_set(err, -EINVAL, W_CLOCK_START, start);
	t->base = at * NS_PER_S;
	t->factor = (int)factor;
	return 0;
}

static gboolean
on_timer(gint fd, GIOCondition condition UNUSED, gpointer data)
{
	struct timeline *t = data;
	uint64_t expirations;

	/* ECANCELED: the clock was set or the machine resumed. */
	if (read(fd, &expirations, sizeof expirations) < 0 && errno == EAGAIN)
		return G_SOURCE_CONTINUE;
	t->due(t->data);
	return G_SOURCE_CONTINUE;
}

int
timeline_new(const char *spec, void (*due)(void *data), void *data,
	struct timeline **out, struct err *err)
{
	struct timeline *t = xcalloc(1, sizeof *t);
	int r;

	t->fd = -1;
	t->factor = 1;
	t->base = clock_real_ns();
	t->boot_base = clock_boot_ns();
	t->wall_off = t->base - t->boot_base;
	t->slept_off = t->boot_base - clock_mono_ns();
	t->due = due;
	t->data = data;
	r = spec ? parse_spec(t, spec, err) : 0;
	if (r == 0 && t->mode != STEP) {
		t->fd = timerfd_create(t->mode == REAL ? CLOCK_REALTIME
						       : CLOCK_BOOTTIME,
			TFD_CLOEXEC | TFD_NONBLOCK);
		if (t->fd < 0)
			r = err_errno(err, errno, W_CLOCK_TIMER);
		else
			t->source = g_unix_fd_add(t->fd, G_IO_IN, on_timer, t);
	}
	if (r < 0) {
		timeline_free(t);
		return r;
	}
	t->last = t->base / NS_PER_S;
	*out = t;
	return 0;
}

struct timeline *
timeline_free(struct timeline *t)
{
	if (!t)
		return NULL;
	if (t->source)
		g_source_remove(t->source);
	if (t->fd >= 0)
		close(t->fd);
	free(t);
	return NULL;
}

static int64_t
now_ns(struct timeline *t)
{
	int64_t passed = clock_boot_ns() - t->boot_base;
	int64_t ns;

	if (t->mode == STEP)
		return t->base;
	ns = t->base + passed * t->factor;
	if (t->mode == REAL && clock_real_ns() > ns + NS_PER_S) {
		ns = clock_real_ns(); /* corrected forward */
		t->base = ns;
		t->boot_base += passed;
	}
	return ns;
}

int64_t
timeline_now(struct timeline *t)
{
	t->last = max64(t->last, now_ns(t) / NS_PER_S);
	return t->last;
}

void
timeline_floor(struct timeline *t, int64_t instant)
{
	t->last = max64(t->last, instant);
	if (t->mode == STEP) /* moved from there */
		t->base = max64(t->base, instant * NS_PER_S);
}

struct timeline_rate
timeline_rate(struct timeline *t)
{
	/* it waits for a clock that was set back between two lives */
	bool still = t->mode == STEP || now_ns(t) / NS_PER_S < t->last;

	return (struct timeline_rate){
		.boot_ms = t->boot_base / NS_PER_MS,
		.instant_ms = still ? timeline_now(t) * 1000
				    : t->base / NS_PER_MS,
		.factor = still ? 0 : t->factor,
	};
}

static struct itimerspec
at_ns(int64_t ns)
{
	return (struct itimerspec){
		.it_value = {.tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S},
	};
}

void
timeline_arm(struct timeline *t, int64_t deadline)
{
	struct itimerspec when = {{0, 0}, {0, 0}};
	int64_t wait;

	if (t->mode == STEP)
		return;
	if (deadline < INT64_MAX / NS_PER_S) {
		wait = max64(1, deadline * NS_PER_S - now_ns(t)) / t->factor;
		when = at_ns(wait +
			(t->mode == REAL ? clock_real_ns() : clock_boot_ns()));
	} else if (t->mode == REAL) {
		/* far away, but still told when the clock is set */
		when = at_ns(clock_real_ns() + 365 * DAY_S * NS_PER_S);
	}
	timerfd_settime(t->fd,
		TFD_TIMER_ABSTIME |
			(t->mode == REAL ? TFD_TIMER_CANCEL_ON_SET : 0),
		&when, NULL);
}

int64_t
timeline_slept(struct timeline *t)
{
	int64_t off = clock_boot_ns() - clock_mono_ns();
	int64_t slept = (off - t->slept_off) / NS_PER_S;

	if (t->mode == STEP) {
		slept = t->pending_sleep;
		t->pending_sleep = 0;
		return slept;
	}
	if (slept > 0)
		t->slept_off = off;
	return t->mode == REAL ? max64(slept, 0) : 0;
}

int64_t
timeline_set_by(struct timeline *t)
{
	int64_t off, by;

	if (t->mode == STEP) {
		by = t->pending_set;
		t->pending_set = 0;
		return by;
	}
	off = clock_real_ns() - clock_boot_ns();
	by = (off - t->wall_off) / NS_PER_S;
	if (t->mode != REAL || (by > -2 && by < 2))
		return 0;
	t->wall_off = off;
	return by;
}

const char *
timeline_kind(const struct timeline *t)
{
	static const char *const names[] = {"real", "fast", "step"};

	return names[t->mode];
}

int
timeline_factor(const struct timeline *t)
{
	return t->factor;
}

int
timeline_move(struct timeline *t, int64_t seconds)
{
	if (t->mode != STEP)
		return -EPERM;
	if (seconds < 0 || seconds > LATEST - t->base / NS_PER_S)
		return -EINVAL;
	t->base += seconds * NS_PER_S;
	return 0;
}

int
timeline_suspend(struct timeline *t, int64_t seconds)
{
	int r = timeline_move(t, seconds);

	if (r == 0)
		t->pending_sleep += seconds;
	return r;
}

int
timeline_set(struct timeline *t, int64_t instant)
{
	int64_t by;

	if (t->mode != STEP)
		return -EPERM;
	if (instant < 0 || instant > LATEST)
		return -EINVAL;
	by = instant - t->base / NS_PER_S;
	t->pending_set += by;
	if (by > 0)
		t->base += by * NS_PER_S; /* a way back is not followed */
	return 0;
}
