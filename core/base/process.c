/* SPDX-License-Identifier: MIT */
/* One place to look at for who brings Vesper to another system. */
#include "base/process.h"

#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#elif defined(__FreeBSD__)
#include <sys/procctl.h>
#endif

void
process_end_with_parent(pid_t parent, int signo)
{
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, signo);
#elif defined(__FreeBSD__)
	procctl(P_PID, 0, PROC_PDEATHSIG_CTL, &signo);
#else
	(void)signo;
#endif
	if (getppid() != parent)
		_exit(127);
}

void
process_close_from(int fd)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, (unsigned)fd, ~0U, 0U) == 0)
		return;
#endif
#ifdef __linux__
	/* a kernel before 5.9 */
	for (int last = (int)sysconf(_SC_OPEN_MAX); fd < last; fd++)
		close(fd);
#else
	closefrom(fd);
#endif
}
