#include "cli/progress_line.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define BOLD "\033[1m"
#define PLAIN "\033[0m"

/* Of a phase's first moments nothing can be said of the rest. */
enum { FIRST_MOMENTS = 200, PART_SIZE = 48 };

/* What the line consists of, in this order; `rank` 0 is left out last. */
struct part {
    int rank;
    char text[PART_SIZE];
};

enum { PART_COUNT = 6 };

int64_t progress_left(const struct run_progress *progress, uint64_t elapsed)
{
    if (progress->bytes == 0 || progress->bytes_done == 0 || elapsed < FIRST_MOMENTS)
        return LEFT_UNKNOWN;
    return (int64_t)((double)elapsed * (double)(progress->bytes - progress->bytes_done) /
                     (double)progress->bytes_done);
}

/* "950 B", "1.3 GB", "12.0 M": three digits and a unit of 1000. */
static void scaled(char *text, size_t size, uint64_t number, const char *unit)
{
    static const char *const prefixes[] = {"", "k", "M", "G", "T", "P", "E"};
    double value = (double)number;
    size_t prefix = 0;

    while (value >= 999.5) {
        value /= 1000;
        prefix++;
    }
    snprintf(text, size, "%.*f %s%s", prefix && value < 99.95 ? 1 : 0, value, prefixes[prefix],
             unit);
}

static void bytes_text(char text[PART_SIZE], const struct run_progress *progress)
{
    char done[PART_SIZE / 3], all[PART_SIZE / 3];

    scaled(done, sizeof(done), progress->bytes_done, "B");
    scaled(all, sizeof(all), progress->bytes, "B");
    snprintf(text, PART_SIZE, "%s of %s", done, all);
}

static void rate_text(char text[PART_SIZE], uint64_t records, uint64_t elapsed)
{
    char rate[PART_SIZE / 2];

    scaled(rate, sizeof(rate), elapsed ? records * 1000 / elapsed : 0, "");
    snprintf(text, PART_SIZE, "%s%srecords/s", rate, rate[strlen(rate) - 1] == ' ' ? "" : " ");
}

static void left_text(char text[PART_SIZE], int64_t left)
{
    const int64_t seconds = (left + 999) / 1000;

    if (seconds >= 3600)
        snprintf(text, PART_SIZE, "%" PRId64 ":%02d:%02d left", seconds / 3600,
                 (int)(seconds / 60 % 60), (int)(seconds % 60));
    else
        snprintf(text, PART_SIZE, "%d:%02d left", (int)(seconds / 60), (int)(seconds % 60));
}

static void fill(struct part parts[PART_COUNT], const struct run_progress *progress,
                 uint64_t elapsed)
{
    const int64_t left = progress_left(progress, elapsed);

    memset(parts, 0, PART_COUNT * sizeof(*parts));
    parts[0].rank = 0;
    snprintf(parts[0].text, PART_SIZE, "%-7s", run_phase_name(progress->phase));
    parts[1].rank = 2;
    snprintf(parts[1].text, PART_SIZE, "%" PRIu64 " of %" PRIu64 " %s", progress->files_done,
             progress->files, progress->files == 1 ? "file" : "files");
    parts[2].rank = 1;
    parts[3].rank = 5;
    parts[4].rank = 4;
    parts[5].rank = 3;
    if (progress->phase == PHASE_REPORTS)
        return;
    if (progress->bytes) {
        snprintf(parts[2].text, PART_SIZE, "%3u %%",
                 (unsigned)(100.0 * (double)progress->bytes_done / (double)progress->bytes));
        bytes_text(parts[3].text, progress);
    }
    if (elapsed >= FIRST_MOMENTS)
        rate_text(parts[4].text, progress->records, elapsed);
    if (left != LEFT_UNKNOWN)
        left_text(parts[5].text, left);
}

/* The columns that the parts up to a rank take, two blanks between them. */
static size_t width_of(const struct part parts[PART_COUNT], int rank)
{
    size_t width = 0;

    for (size_t i = 0; i < PART_COUNT; i++)
        if (parts[i].rank <= rank && parts[i].text[0])
            width += strlen(parts[i].text) + (width ? 2 : 0);
    return width;
}

static size_t put(char line[PROGRESS_LINE_SIZE], size_t at, const char *text)
{
    const size_t size = strlen(text);

    memcpy(line + at, text, size + 1);
    return at + size;
}

size_t progress_line_write(char line[PROGRESS_LINE_SIZE], const struct run_progress *progress,
                           uint64_t elapsed, size_t width, bool colour)
{
    struct part parts[PART_COUNT];
    int rank = PART_COUNT - 1;
    size_t size = 0;

    fill(parts, progress, elapsed);
    while (rank >= 0 && width_of(parts, rank) > width)
        rank--;
    line[0] = '\0';
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (parts[i].rank > rank || !parts[i].text[0])
            continue;
        if (i == 0 && colour)
            size = put(line, size, BOLD);
        size = put(line, i ? put(line, size, "  ") : size, parts[i].text);
        if (i == 0 && colour)
            size = put(line, size, PLAIN);
    }
    return size;
}
