#include "report/workbook_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* What is to be built, and where. */
struct job {
    workbook_builder *build;
    const void *argument;
    const char *path;
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

    const int error = job->build(job->path, job->scratch_folder, job->argument);
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

static enum status copy(int from, int to, const char *name, struct diagnostics *diagnostics)
{
    char bytes[1 << 16];

    for (;;) {
        const ssize_t size = read(from, bytes, sizeof(bytes));
        if (size == 0)
            return STATUS_OK;
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return diagnostics_system(diagnostics, name, "read", errno);
        if (!write_all(to, bytes, (size_t)size))
            return diagnostics_system(diagnostics, name, "write", errno);
    }
}

/* Lets a child fill the new file `path` in `folder`, and copies what it made to `fd`. */
static enum status build_and_copy(const struct job *job, int fd, const char *name,
                                  struct diagnostics *diagnostics)
{
    const int made = open(job->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0)
        return diagnostics_system(diagnostics, job->scratch_folder, "write", errno);

    enum status status = run_child(job, name, diagnostics);
    if (status == STATUS_OK)
        status = copy(made, fd, name, diagnostics);
    close(made);
    unlink(job->path);
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
    char *folder = NULL, *path = NULL;
    enum status status = STATUS_SYSTEM;

    if (asprintf(&folder, "%s/.workbook-XXXXXX", scratch_folder) < 0) {
        folder = NULL;
        status = diagnostics_no_memory(diagnostics);
        goto out;
    }
    if (mkdtemp(folder) == NULL) {
        status = diagnostics_system(diagnostics, scratch_folder, "write", errno);
        goto out;
    }
    if (asprintf(&path, "%s/workbook.xlsx", folder) < 0) {
        path = NULL;
        status = diagnostics_no_memory(diagnostics);
    } else {
        status =
            build_and_copy(&(struct job){build, argument, path, folder}, fd, name, diagnostics);
    }
    if (rmdir(folder) != 0 && status == STATUS_OK)
        status = diagnostics_system(diagnostics, name, "remove the scratch files of", errno);
out:
    free(path);
    free(folder);
    return status;
}
