#include "report/workbook_child.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COPIES = 2 };

/* By so many bytes the second copy has less memory than the first. */
enum { HANDICAP = 1 << 20 };

struct child_workbook {
    workbook_builder *build;
    const void *argument;
    const char *name;
    char *folders[COPIES]; /* of each child's own; NULL: not made */
    char *paths[COPIES];
    int files[COPIES];      /* open, at their beginnings; -1: not made */
    pid_t children[COPIES]; /* that have not been waited for; 0: none */
};

/* The parent's handlers are not the child's: a signal simply ends it. */
static void reset_signals(void)
{
    sigset_t none;

    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL); /* fails for those that can't be caught, which is fine */
    signal(SIGXFSZ, SIG_IGN);    /* there is a reason to be told instead */
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

/* What is freed stays for the next sheet, as the process ends soon. */
static void keep_memory(void)
{
    enum { LARGE = 32 << 20 };

    mallopt(M_MMAP_THRESHOLD, LARGE);
    mallopt(M_TRIM_THRESHOLD, LARGE);
}

/* Where memory is limited, processes that are alike would fail alike. */
static bool differ(size_t index)
{
    const int access = PROT_READ | PROT_WRITE, kind = MAP_PRIVATE | MAP_ANONYMOUS;

    return index == 0 || mmap(NULL, index * HANDICAP, access, kind, -1, 0) != MAP_FAILED;
}

/* Ends by _exit, so that neither atexit handlers run nor buffers of the parent are written again.
 */
static _Noreturn void be_child(const struct child_workbook *book, size_t index, pid_t parent)
{
    const struct rlimit no_core = {0, 0};

    /* The child holds the parent's locks; it must not outlive it. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(ECHILD);
    reset_signals();
    setrlimit(RLIMIT_CORE, &no_core);
    silence();
    keep_memory();
    if (!differ(index))
        _exit(ENOMEM);

    const int error = book->build(book->paths[index], book->folders[index], book->argument);
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
static enum status start_child(struct child_workbook *book, size_t index,
                               struct diagnostics *diagnostics)
{
    const pid_t parent = getpid();
    sigset_t all, before;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    const pid_t child = fork();
    if (child == 0)
        be_child(book, index, parent);
    const int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (child < 0)
        return diagnostics_system(diagnostics, book->name, "fork", error);
    book->children[index] = child;
    return STATUS_OK;
}

/* The child's end; false with errno where there is none to be had. */
static bool wait_for_child(struct child_workbook *book, size_t index, int *outcome)
{
    const pid_t child = book->children[index];
    pid_t ended;

    do
        ended = waitpid(child, outcome, 0);
    while (ended < 0 && errno == EINTR);
    book->children[index] = 0;
    return ended >= 0;
}

/* Tells of the first child that failed. */
static enum status wait_for_children(struct child_workbook *book, struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;
    int outcome;

    for (size_t i = 0; i < COPIES; i++) {
        const bool is_known = wait_for_child(book, i, &outcome);

        if (status == STATUS_OK)
            status = is_known ? judge(outcome, book->name, diagnostics)
                              : diagnostics_system(diagnostics, book->name, "wait", errno);
    }
    return status;
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
 * Copies what the children made, if it is the same. The library passes over some of its failed
 * allocations: what is missing then is missing in one copy.
 */
static enum status copy(const struct child_workbook *book, int to, struct diagnostics *diagnostics)
{
    const char *name = book->name;
    char bytes[COPIES][1 << 15];

    for (;;) {
        const ssize_t size = read_full(book->files[0], bytes[0], sizeof(bytes[0]));
        const ssize_t other = read_full(book->files[1], bytes[1], sizeof(bytes[1]));

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

static enum status make_folder(struct child_workbook *book, size_t index,
                               const char *scratch_folder, struct diagnostics *diagnostics)
{
    char *folder;

    if (asprintf(&folder, "%s/.workbook-XXXXXX", scratch_folder) < 0)
        return diagnostics_no_memory(diagnostics);
    if (mkdtemp(folder) != NULL) {
        book->folders[index] = folder;
        return STATUS_OK;
    }
    const enum status status =
        diagnostics_system(diagnostics, book->name, "make a scratch folder for", errno);
    free(folder);
    return status;
}

static enum status make_copy(struct child_workbook *book, size_t index, const char *scratch_folder,
                             struct diagnostics *diagnostics)
{
    const enum status status = make_folder(book, index, scratch_folder, diagnostics);

    if (status != STATUS_OK)
        return status;
    if (asprintf(&book->paths[index], "%s/workbook-%zu.xlsx", book->folders[index], index) < 0) {
        book->paths[index] = NULL;
        return diagnostics_no_memory(diagnostics);
    }
    book->files[index] = open(book->paths[index], O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (book->files[index] < 0)
        return diagnostics_system(diagnostics, book->name, "make a scratch file for", errno);
    return STATUS_OK;
}

/* False with errno where something stays that the child has left. */
static bool remove_copy(struct child_workbook *book, size_t index)
{
    if (book->files[index] >= 0) {
        close(book->files[index]);
        unlink(book->paths[index]);
    }
    const bool removed = book->folders[index] == NULL || rmdir(book->folders[index]) == 0;
    const int error = errno;
    free(book->paths[index]);
    free(book->folders[index]);
    errno = error;
    return removed;
}

static bool clean_up(struct child_workbook *book)
{
    bool removed = true;
    int error = 0;

    for (size_t i = 0; i < COPIES; i++)
        if (!remove_copy(book, i)) {
            removed = false;
            error = errno;
        }
    free(book);
    errno = error;
    return removed;
}

enum status child_workbook_start(workbook_builder *build, const void *argument, const char *name,
                                 const char *scratch_folder, struct child_workbook **book,
                                 struct diagnostics *diagnostics)
{
    struct child_workbook *started = malloc(sizeof(*started));
    enum status status = STATUS_OK;

    *book = NULL;
    if (started == NULL)
        return diagnostics_no_memory(diagnostics);
    *started = (struct child_workbook){
        .build = build, .argument = argument, .name = name, .files = {-1, -1}};
    for (size_t i = 0; i < COPIES && status == STATUS_OK; i++)
        status = make_copy(started, i, scratch_folder, diagnostics);
    for (size_t i = 0; i < COPIES && status == STATUS_OK; i++)
        status = start_child(started, i, diagnostics);
    if (status == STATUS_OK)
        *book = started;
    else
        child_workbook_abandon(started);
    return status;
}

/*
 * Each child has a folder of its own, so that its end shows whether the library's temporary files
 * are gone: they would be published with the rest. Two children in one folder could choose the same
 * names for them, as forked processes draw alike; what the library can't name there it makes in the
 * working folder.
 */
enum status child_workbook_finish(struct child_workbook *book, int fd,
                                  struct diagnostics *diagnostics)
{
    const char *name = book->name;
    enum status status = wait_for_children(book, diagnostics);

    if (status == STATUS_OK)
        status = copy(book, fd, diagnostics);
    if (!clean_up(book) && status == STATUS_OK)
        status = diagnostics_system(diagnostics, name, "remove the scratch files of", errno);
    return status;
}

void child_workbook_abandon(struct child_workbook *book)
{
    int outcome;

    if (book == NULL)
        return;
    for (size_t i = 0; i < COPIES; i++) {
        if (book->children[i] == 0)
            continue;
        kill(book->children[i], SIGKILL);
        (void)wait_for_child(book, i, &outcome);
    }
    (void)clean_up(book);
}
