#include "cli/progress.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli/option_words.h"
#include "cli/progress_json.h"
#include "cli/progress_line.h"

/* Milliseconds. */
enum { LIVE_INTERVAL = 100, LINE_INTERVAL = 10000, JSON_INTERVAL = 1000, PATIENCE = 500 };

enum { WIDTH_DEFAULT = 80 };

enum progress_mode progress_option(const char *word, struct diagnostics *diagnostics)
{
    static const char *const words[] = {
        [PROGRESS_AUTO] = "auto",
        [PROGRESS_ALWAYS] = "always",
        [PROGRESS_NEVER] = "never",
        [PROGRESS_JSON] = "json",
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(words[i], word) == 0)
            return (enum progress_mode)i;
    option_complain(diagnostics, "--progress takes auto, always, never or json, not", word);
    return PROGRESS_AUTO;
}

/* Milliseconds of a clock that nobody sets. */
static uint64_t now(void)
{
    struct timespec time = {0, 0};

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);

    return value && *value;
}

static bool is_terminal(void)
{
    const char *term = getenv("TERM");

    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

void progress_begin(struct progress *progress, enum progress_mode mode, const char *command)
{
    *progress = (struct progress){.mode = mode, .terminal = is_terminal(), .begun = now()};
    progress->colour = progress->terminal && !is_set("NO_COLOR");
    progress->phase = progress->told_last = progress->begun;
    if (mode == PROGRESS_AUTO && !progress->terminal)
        progress->mode = PROGRESS_NEVER;
    if (mode == PROGRESS_JSON)
        progress_json_start(command);
}

bool progress_is_due(const struct progress *progress, uint64_t time)
{
    const uint64_t interval = progress->mode == PROGRESS_JSON ? JSON_INTERVAL
                              : progress->terminal            ? LIVE_INTERVAL
                                                              : LINE_INTERVAL;

    if (progress->mode == PROGRESS_AUTO && time - progress->begun < PATIENCE)
        return false;
    return time - progress->told_last >= interval;
}

/* Asked at every line, so a terminal that changes its size needs no signal. */
static size_t terminal_width(void)
{
    struct winsize size;

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return WIDTH_DEFAULT;
    return size.ws_col;
}

/* A message that gets lost does not matter, but it is one write or none. */
static void write_out(const char *bytes, size_t size)
{
    if (write(STDERR_FILENO, bytes, size) < 0)
        return;
}

/* The last column stays free: some terminals wrap when it is filled. */
static void draw(struct progress *progress, const struct run_progress *at, uint64_t time)
{
    static const char erase[] = "\033[K";
    char text[PROGRESS_LINE_SIZE + sizeof(erase) + 2] = "\r";
    size_t size = 1 + progress_line_write(text + 1, at, time - progress->phase,
                                          terminal_width() - 1, progress->colour);

    memcpy(text + size, erase, sizeof(erase) - 1);
    write_out(text, size + sizeof(erase) - 1);
    progress->drawn = true;
}

void progress_clear(struct progress *progress)
{
    static const char empty[] = "\r\033[K";

    if (progress->drawn)
        write_out(empty, sizeof(empty) - 1);
    progress->drawn = false;
}

static void print(const struct progress *progress, const struct run_progress *at, uint64_t time)
{
    char text[PROGRESS_LINE_SIZE + 1];
    size_t size =
        progress_line_write(text, at, time - progress->phase, PROGRESS_LINE_SIZE - 1, false);

    text[size] = '\n';
    write_out(text, size + 1);
}

static void tell(struct progress *progress, const struct run_progress *at, uint64_t time)
{
    progress->told_last = time;
    if (progress->mode == PROGRESS_JSON)
        progress_json_tell(at, time - progress->phase);
    else if (progress->terminal)
        draw(progress, at, time);
    else
        print(progress, at, time);
}

static void begin_phase(struct progress *progress, const struct run_progress *at, uint64_t time)
{
    progress->phase = time;
    if (progress->mode == PROGRESS_JSON ||
        (progress->mode == PROGRESS_ALWAYS && progress->terminal))
        tell(progress, at, time);
}

static void end_phase(struct progress *progress, const struct run_progress *at, uint64_t time)
{
    if (progress->terminal && progress->mode != PROGRESS_JSON)
        progress_clear(progress);
    else
        tell(progress, at, time);
}

static void told(void *context, const struct run_progress *at)
{
    struct progress *progress = context;
    const uint64_t time = now();

    switch (at->moment) {
    case PHASE_BEGINS:
        begin_phase(progress, at, time);
        break;
    case PHASE_GOES_ON:
        if (progress_is_due(progress, time))
            tell(progress, at, time);
        break;
    case PHASE_ENDS:
        end_phase(progress, at, time);
        break;
    }
}

struct progress_watcher progress_watcher(struct progress *progress)
{
    return (struct progress_watcher){progress, progress->mode == PROGRESS_NEVER ? NULL : told};
}

void progress_intent(const struct progress *progress, const struct run_intent *intent)
{
    if (progress->mode == PROGRESS_JSON)
        progress_json_intent(intent);
}

void progress_messages(const struct progress *progress, const struct diagnostics *diagnostics)
{
    if (progress->mode == PROGRESS_JSON)
        progress_json_messages(diagnostics);
    else
        diagnostics_print(diagnostics, stderr);
}

uint64_t progress_elapsed(const struct progress *progress)
{
    return now() - progress->begun;
}

void progress_end(struct progress *progress, enum status status)
{
    progress_clear(progress);
    if (progress->mode == PROGRESS_JSON)
        progress_json_end(status, progress_elapsed(progress));
}
