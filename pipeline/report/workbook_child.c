#include "report/workbook_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COPIES = 2 };

/* What is to be built, twice, and where. */
struct job {
    workbook_builder *build;
    const void *argument;
    char *paths[COPIES];
    int files[COPIES]; /* open, at their beginnings; -1: not made */
    const char *scratch_folder;
};

/* The parent's handlers are not the child's: a signal simply ends it. */
static void reset_signals(void)
{
    sigset_t none;

    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL); /* fails for those that can't be caught, which is fine */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* What a library prints about its failure is not in the form of our messages. */
static void silence(void)
{
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
    }
}

/* Ends by _exit, so that neither atexit handlers run nor buffers of the parent are written again.
 */
static _Noreturn void be_child(const struct job *job, pid_t parent)
{
    const struct rlimit no_core = {0, 0};

    /* The child holds the parent's locks; it must not outlive it. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(ECHILD);
    reset_signals();
    setrlimit(RLIMIT_CORE, &no_core);
    silence();

    int error = 0;
    for (size_t i = 0; i < COPIES && error == 0; i++)
        error = job->build(job->paths[i], job->scratch_folder, job->argument);
    _exit(error >= 0 && error <= 255 ? error : EIO);
}

static enum status judge(int outcome, const char *name, struct diagnostics *diagnostics)
{
    const struct place place = {name, 0, 0};

    if (WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0)
        return STATUS_OK;
    if (WIFEXITED(outcome))
        return diagnostics_system(diagnostics, name, "build", WEXITSTATUS(outcome));
    diagnostics_error(diagnostics, place, "cannot build: the child process was ended by signal %d",
                      WTERMSIG(outcome));
    return STATUS_SYSTEM;
}

/* Forks with all signals blocked, lest a handler of the parent's runs in the child. */
static pid_t start_child(const struct job *job)
{
    const pid_t parent = getpid();
    sigset_t all, before;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    const pid_t child = fork();
    if (child == 0)
        be_child(job, parent);
    const int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return child;
}

static enum status run_child(const struct job *job, const char *name,
                             struct diagnostics *diagnostics)
{
    const struct sigaction wanted = {.sa_handler = SIG_DFL};
    struct sigaction before;
    int outcome = 0;

    /* Where the caller was started with SIGCHLD ignored, there would be no status to wait for. */
    sigaction(SIGCHLD, &wanted, &before);
    const pid_t child = start_child(job);
    pid_t ended = child;
    if (child > 0) {
        do
            ended = waitpid(child, &outcome, 0);
        while (ended < 0 && errno == EINTR);
    }
    const int error = errno;
    sigaction(SIGCHLD, &before, NULL);

    if (ended < 0)
        return diagnostics_system(diagnostics, name, child < 0 ? "fork" : "wait", error);
    return judge(outcome, name, diagnostics);
}

static bool write_all(int fd, const char *at, size_t size)
{
    while (size > 0) {
        const ssize_t written = write(fd, at, size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            at += written;
            size -= (size_t)written;
        }
    }
    return true;
}

/* Reads as much as there is room for. -1 with errno set where that fails. */
static ssize_t read_full(int fd, char *bytes, size_t room)
{
    size_t size = 0;

    while (size < room) {
        const ssize_t got = read(fd, bytes + size, room - size);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return -1;
        size += got > 0 ? (size_t)got : 0;
    }
    return (ssize_t)size;
}

/*
 * Copies what the child made, if both copies are the same. The library passes over some of its
 * failed allocations: what is missing then is missing in one of them.
 */
static enum status copy(const struct job *job, int to, const char *name,
                        struct diagnostics *diagnostics)
{
    char bytes[COPIES][1 << 15];

    for (;;) {
        const ssize_t size = read_full(job->files[0], bytes[0], sizeof(bytes[0]));
        const ssize_t other = read_full(job->files[1], bytes[1], sizeof(bytes[1]));

        if (size < 0 || other < 0)
            return diagnostics_system(diagnostics, name, "read", errno);
        if (size != other || memcmp(bytes[0], bytes[1], (size_t)size) != 0)
            return diagnostics_system(diagnostics, name, "build", ENOMEM);
        if (size == 0)
            return STATUS_OK;
        if (!write_all(to, bytes[0], (size_t)size))
            return diagnostics_system(diagnostics, name, "write", errno);
    }
}

static enum status open_copy(struct job *job, size_t index, struct diagnostics *diagnostics)
{
    if (asprintf(&job->paths[index], "%s/workbook-%zu.xlsx", job->scratch_folder, index) < 0) {
        job->paths[index] = NULL;
        return diagnostics_no_memory(diagnostics);
    }
    job->files[index] = open(job->paths[index], O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (job->files[index] < 0)
        return diagnostics_system(diagnostics, job->scratch_folder, "write", errno);
    return STATUS_OK;
}

static void close_copy(struct job *job, size_t index)
{
    if (job->files[index] >= 0) {
        close(job->files[index]);
        unlink(job->paths[index]);
    }
    free(job->paths[index]);
}

/* Lets a child fill new files in the job's folder, and copies what it made to `fd`. */
static enum status build_and_copy(struct job *job, int fd, const char *name,
                                  struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COPIES && status == STATUS_OK; i++)
        status = open_copy(job, i, diagnostics);
    if (status == STATUS_OK)
        status = run_child(job, name, diagnostics);
    if (status == STATUS_OK)
        status = copy(job, fd, name, diagnostics);
    for (size_t i = 0; i < COPIES; i++)
        close_copy(job, i);
    return status;
}

/*
 * The child has a folder of its own, so that its end shows whether the library's temporary files
 * are gone: they would be published with the rest.
 */
enum status child_write_workbook(workbook_builder *build, const void *argument, int fd,
                                 const char *name, const char *scratch_folder,
                                 struct diagnostics *diagnostics)
{
    struct job job = {.build = build, .argument = argument, .files = {-1, -1}};
    enum status status;
    char *folder;

    if (asprintf(&folder, "%s/.workbook-XXXXXX", scratch_folder) < 0)
        return diagnostics_no_memory(diagnostics);
    if (mkdtemp(folder) == NULL) {
        status = diagnostics_system(diagnostics, scratch_folder, "write", errno);
        free(folder);
        return status;
    }
    job.scratch_folder = folder;
    status = build_and_copy(&job, fd, name, diagnostics);
    if (rmdir(folder) != 0 && status == STATUS_OK)
        status = diagnostics_system(diagnostics, name, "remove the scratch files of", errno);
    free(folder);
    return status;
}
