/* SPDX-License-Identifier: MIT */
/*
 * The protocol is a datagram; libsystemd would cost more than these lines.
 * The variables are taken away so that no child speaks in our name.
 */
#include "daemon/service.h"

#include <glib.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/parse.h"

struct service {
	struct sockaddr_un to;
	socklen_t size;
	guint watchdog;
};

static void
say(const struct service *s, const char *text)
{
	AUTO_CLOSE int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0)
		sendto(fd, text, strlen(text), MSG_DONTWAIT | MSG_NOSIGNAL,
			(const struct sockaddr *)&s->to, s->size);
}

static gboolean
on_watchdog(gpointer data)
{
	say(data, "WATCHDOG=1");
	return G_SOURCE_CONTINUE;
}

/* Half of the time we are given, in seconds; 0: nobody waits for us. */
static guint
watchdog_seconds(void)
{
	const char *usec = getenv("WATCHDOG_USEC");
	const char *pid = getenv("WATCHDOG_PID");
	int64_t n, own;

	if (!usec || !parse_int(usec, 1, INT64_MAX, &n))
		return 0;
	if (pid && !parse_int(pid, getpid(), getpid(), &own))
		return 0;
	return (guint)max64(n / 2 / 1000000, 1);
}

struct service *
service_ready(void)
{
	const char *path = getenv("NOTIFY_SOCKET");
	guint seconds = watchdog_seconds();
	struct service *s;

	if (!path || (*path != '/' && *path != '@') ||
		strlen(path) >= sizeof s->to.sun_path)
		return NULL;
	s = xcalloc(1, sizeof *s);
	s->to.sun_family = AF_UNIX;
	memcpy(s->to.sun_path, path, strlen(path));
	s->size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
		strlen(path));
	if (*path == '@')
		s->to.sun_path[0] = '\0';
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
	say(s, "READY=1");
	if (seconds)
		s->watchdog = g_timeout_add_seconds(seconds, on_watchdog, s);
	return s;
}

struct service *
service_stopping(struct service *s)
{
	if (!s)
		return NULL;
	say(s, "STOPPING=1");
	if (s->watchdog)
		g_source_remove(s->watchdog);
	free(s);
	return NULL;
}
