#include "cli/signals.h"

#include <signal.h>
#include <stddef.h>

/* The one piece of global state: a signal handler can reach nothing else. Lock-free, so it may. */
static atomic_int caught;

static const int watched[] = {SIGINT, SIGTERM, SIGHUP};

static void note(int number)
{
    caught = number;
}

const atomic_int *signals_watch(void)
{
    struct sigaction action = {.sa_handler = note}, before;

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(watched) / sizeof(watched[0]); i++)
        /* under nohup, the end of the terminal is not to be the end of the run */
        if (watched[i] != SIGHUP || sigaction(SIGHUP, NULL, &before) != 0 ||
            before.sa_handler != SIG_IGN)
            sigaction(watched[i], &action, NULL);
    return &caught;
}

void signals_reraise(void)
{
    if (!caught)
        return;
    signal(caught, SIG_DFL);
    raise(caught);
}
