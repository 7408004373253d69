/*
 * How fast bytes are cut, counted and framed: prints GB/s of each, as JSON.
 *
 *     framer-bench FILE    a CSV file with a header; its first 8 MiB serve, which stay in the
 * cache, as what has just been read does
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "read/framer.h"
#include "read/framer_masks.h"
#include "record/batch.h"

enum { BATCH = 1 << 20, MOST = 8 << 20, COLUMNS_MOST = 256, ROUNDS = 101 };

/* Processor time: what else runs on the machine matters less. */
static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int compare_times(const void *a, const void *b)
{
    const double left = *(const double *)a;
    const double right = *(const double *)b;

    return (left > right) - (left < right);
}

struct bench {
    struct span bytes; /* behind the header */
    struct framing framing;
    const struct mask_finder *finder;
    struct batch batch;
    size_t cuts[MOST / BATCH * 2]; /* sizes of the batches */
    size_t cut_count;
    size_t fields;
};

static void fail(const char *why)
{
    fprintf(stderr, "framer-bench: %s\n", why);
    exit(1);
}

static void find_cuts(struct bench *bench)
{
    struct span rest = bench->bytes;
    size_t size = 1;

    while (rest.size > 0 && size > 0) {
        size = framer_cut((struct span){rest.at, rest.size < BATCH ? rest.size : BATCH},
                          &(bool){false});
        bench->cuts[bench->cut_count++] = size;
        rest = (struct span){rest.at + size, rest.size - size};
    }
    bench->bytes.size -= rest.size;
}

static void index_all(struct bench *bench)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct batch *batch = &bench->batch;
    char *at = (char *)(uintptr_t)bench->bytes.at;

    bench->fields = 0;
    for (size_t i = 0; i < bench->cut_count; i++) {
        /* Framed where it lies: the copy of a read is no part of this. */
        batch->bytes = (struct buffer){.at = at, .size = bench->cuts[i]};
        if (framer_index_by(bench->finder, &bench->framing, batch, &diagnostics) != STATUS_OK)
            fail("the file can't be framed");
        bench->fields += batch->record_count * batch->field_count;
        at += bench->cuts[i];
    }
}

static void cut_all(struct bench *bench)
{
    bool inside = false;

    for (size_t at = 0; at < bench->bytes.size; at += BATCH) {
        const size_t rest = bench->bytes.size - at;

        framer_cut((struct span){bench->bytes.at + at, rest < BATCH ? rest : BATCH}, &inside);
    }
}

static void count_all(struct bench *bench)
{
    bench->fields = newline_count(bench->bytes);
}

/* GB/s in the middle one of the rounds. */
static double speed_of(struct bench *bench, void (*work)(struct bench *))
{
    double times[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        const double start = now();

        work(bench);
        times[i] = now() - start;
    }
    qsort(times, ROUNDS, sizeof *times, compare_times);
    return (double)bench->bytes.size / times[ROUNDS / 2] / 1e9;
}

static struct span read_file(const char *path)
{
    FILE *const file = fopen(path, "rb");
    char *const at = malloc(MOST);

    if (file == NULL || at == NULL)
        fail("the file can't be read");
    const size_t size = fread(at, 1, MOST, file);
    fclose(file);
    return (struct span){at, size};
}

static size_t count_columns(struct span header)
{
    size_t count = 1;

    for (size_t i = 0; i < header.size; i++)
        count += header.at[i] == ',';
    return count < COLUMNS_MOST ? count : COLUMNS_MOST;
}

int main(int argc, char **argv)
{
    static const struct span names[COLUMNS_MOST];

    if (argc != 2)
        fail("usage: framer-bench FILE");
    const struct span file = read_file(argv[1]);
    const char *const end = memchr(file.at, '\n', file.size);
    if (end == NULL)
        fail("the file has no header");
    const size_t header = (size_t)(end - file.at) + 1;
    static struct bench bench;
    bench = (struct bench){
        .bytes = {file.at + header, file.size - header},
        .framing = {argv[1], ',', names, count_columns((struct span){file.at, header})},
        .batch = BATCH_INIT,
    };
    find_cuts(&bench);

    printf("{\"cut\": %.2f", speed_of(&bench, cut_all));
    printf(", \"newline_count\": %.2f", speed_of(&bench, count_all));
    for (const struct mask_finder *const *finder = mask_finders; *finder != NULL; finder++) {
        bench.finder = *finder;
        if ((*finder)->is_available())
            printf(", \"index %s\": %.2f", (*finder)->name, speed_of(&bench, index_all));
    }
    printf(", \"bytes a field\": %.1f}\n", (double)bench.bytes.size / (double)bench.fields);
    bench.batch.bytes = (struct buffer)BUFFER_INIT;
    batch_release(&bench.batch);
    free((char *)(uintptr_t)file.at);
    return 0;
}
