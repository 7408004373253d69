#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.h"
#include "cli/command.h"

/* Descriptors 0 to 2 that were closed would be given to the first files opened. */
static void open_standard_descriptors(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

static void protect_process(void)
{
    secret_guard_process();
    /* also for what a library creates; the files that stay get their modes one by one */
    umask(077);
    /* a reader of our messages may go away */
    signal(SIGPIPE, SIG_IGN);
    /* a file that grows beyond `ulimit -f` is told as what can't be written */
    signal(SIGXFSZ, SIG_IGN);
    /* whoever started us may have ignored it, and then no child leaves an exit status */
    signal(SIGCHLD, SIG_DFL);
}

/*
 * Large buffers in pages of their own, always: they are given back as soon as they are freed, and
 * grow without a copy. glibc would think otherwise once the first was freed.
 */
static void keep_memory_small(void)
{
    enum { LARGE = 128 << 10 };

    mallopt(M_MMAP_THRESHOLD, LARGE);
}

/* The options that stand for a command are taken too. */
static const struct command *find_command(const char *name)
{
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return &command_help;
    if (strcmp(name, "--version") == 0)
        return &command_version;
    return command_find(name);
}

/* Whether --help stands anywhere among the words. */
static bool asks_for_help(int count, char **words)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    const struct command *command = argc > 1 ? find_command(argv[1]) : &command_help;
    enum status status;

    keep_memory_small();
    open_standard_descriptors();
    protect_process();
    if (!command)
        return command_unknown(argv[1]);
    if (asks_for_help(argc - 2, argv + 2)) {
        command_print_help(command);
        return STATUS_OK;
    }
    if (argc < 2) {
        command_print_help(command);
        return STATUS_USAGE;
    }
    status = command->run(argc - 1, argv + 1);
    /* A signal that came when all was done ends nothing: OUT is there, and the status says so. */
    if (status != STATUS_OK && status != STATUS_INCOMPLETE)
        signals_reraise();
    return (int)status;
}
