/*
 * Ledgers. What the first byte of an input chooses:
 *
 *     0   the two files as they stand: FILE, an empty line, FILE.head
 *     1   lines, which are chained and headed as they should be. The second byte chooses one of
 *         FILE that is changed then: it must be noticed
 *     2   the values of a head, which are sealed. What is read is written and read again
 *
 * The ledger's key is drawn, so its digests differ from one time to the next; nothing that is
 * looked at here depends on them.
 */
#include <check.h>

#include "base/hex.h"
#include "fuzz_input.h"
#include "ledger/ledger_chain.h"
#include "ledger_fixture.h"

enum { FIRST_LINE_MAX = 512 };

/* An empty ledger. To make it takes the disk, so it is made once. */
struct blank {
    bool is_made;
    char bytes[FIRST_LINE_MAX];
    unsigned char id[LEDGER_ID_SIZE];
    struct ledger_state end;
};

/* A ledger that is put together. */
struct making {
    struct ledger_fixture fixture;
    struct ledger_chain chain;
    struct ledger_state end;
    struct buffer bytes; /* of FILE */
    struct span id;
};

static void make_blank(struct ledger_fixture *fixture, struct blank *blank)
{
    struct ledger *ledger = &fixture->ledger;

    ck_assert_int_eq(ledger_fixture_use(fixture, LEDGER_MAKE), STATUS_OK);
    ledger_close(ledger);
    struct buffer bytes = ledger_fixture_read(LEDGER);
    ck_assert_uint_lt(bytes.size, FIRST_LINE_MAX);
    memcpy(blank->bytes, bytes.at, bytes.size);
    memcpy(blank->id, ledger->id, LEDGER_ID_SIZE);
    blank->end = ledger->head.stands;
    blank->is_made = true;
    buffer_release(&bytes);
}

static void begin(struct making *making)
{
    static struct blank blank;

    ledger_fixture_open(&making->fixture);
    if (!blank.is_made)
        make_blank(&making->fixture, &blank);
    making->bytes = (struct buffer)BUFFER_INIT;
    ck_assert(buffer_append(&making->bytes, (struct span){blank.bytes, blank.end.bytes}));
    making->end = blank.end;
    making->id = (struct span){(const char *)blank.id, LEDGER_ID_SIZE};
    ck_assert(ledger_chain_init(&making->chain, making->fixture.secret));
    memcpy(making->chain.link, making->end.link, LINK_SIZE);
}

static void end(struct making *making)
{
    ledger_chain_release(&making->chain);
    buffer_release(&making->bytes);
    ledger_fixture_close(&making->fixture);
}

static void add_line(struct making *making, struct span text)
{
    struct ledger_state *state = &making->end;
    struct span date;

    ck_assert(ledger_chain_link(&making->chain, text, state->link));
    ck_assert(buffer_append(&making->bytes, text) && buffer_append_byte(&making->bytes, ',') &&
              hex_append(&making->bytes, state->link, LINK_SIZE) &&
              buffer_append_byte(&making->bytes, '\n'));
    /* the next line is made with the link of the one that was here */
    (void)!ledger_forgotten_read(text, &date, state->link);
    memcpy(making->chain.link, state->link, LINK_SIZE);
    state->lines++;
    state->bytes = making->bytes.size;
}

static void add_lines(struct making *making, struct span text)
{
    while (text.size > 0) {
        const char *line_end = memchr(text.at, '\n', text.size);
        const size_t size = line_end ? (size_t)(line_end - text.at) : text.size;
        const size_t taken = line_end ? size + 1 : size;

        add_line(making, (struct span){text.at, size});
        text = (struct span){text.at + taken, text.size - taken};
    }
}

static void write_head(struct making *making)
{
    const struct ledger_head head = {.stands = making->end, .out = BUFFER_INIT};
    struct buffer text = BUFFER_INIT;

    ck_assert(ledger_head_write(&head, &making->chain, making->id, &text));
    ledger_fixture_write(LEDGER ".head", buffer_span(&text));
    buffer_release(&text);
}

static void check_run(const struct ledger_run *run)
{
    ck_assert(run->column_count > 0 && run->column_count <= LEDGER_COLUMN_LIMIT);
    ck_assert(run->slot_count > 0 && run->slot_count <= LEDGER_SLOT_LIMIT);
    ck_assert(run->columns[0].is_key);
    for (size_t i = 0; i < run->column_count; i++)
        ck_assert_uint_gt(run->columns[i].name.size, 0);
}

/* Of lines that hold nothing but digests, what is read makes the very line again. */
static enum status check_line(void *context, const struct ledger_line *line,
                              struct diagnostics *diagnostics)
{
    struct buffer *again = context;

    (void)diagnostics;
    buffer_clear(again);
    if (line->kind == LEDGER_RUN)
        check_run(&line->run);
    else if (line->kind == LEDGER_ERASED)
        ck_assert(ledger_erasure_write(again, &line->erasure));
    else if (line->kind == LEDGER_FORGOTTEN)
        ck_assert(ledger_forgotten_write(again, line->forgotten, line->forgotten_link));
    if (again->size > 0)
        ck_assert(span_equal(buffer_span(again), line->text));
    return STATUS_OK;
}

static enum status judge(struct making *making)
{
    struct ledger_fixture *fixture = &making->fixture;
    struct buffer again = BUFFER_INIT;
    enum status status = ledger_fixture_use(fixture, LEDGER_LOOK);

    if (status == STATUS_OK)
        status = ledger_each(&fixture->ledger, check_line, &again, &fixture->diagnostics);
    ledger_close(&fixture->ledger);
    ck_assert(status == STATUS_OK || status == STATUS_INPUT || status == STATUS_USAGE);
    ck_assert_uint_eq(fixture->diagnostics.errors, status == STATUS_OK ? 0 : 1);
    diagnostics_release(&fixture->diagnostics);
    buffer_release(&again);
    return status;
}

static void check_files(struct making *making, struct span input)
{
    ledger_fixture_write(LEDGER, fuzz_part(&input));
    ledger_fixture_write(LEDGER ".head", input);
    (void)judge(making);
}

static void check_chain(struct making *making, struct span input)
{
    const size_t changed = fuzz_byte(&input);

    add_lines(making, input);
    ledger_fixture_write(LEDGER, buffer_span(&making->bytes));
    write_head(making);
    if (judge(making) != STATUS_OK)
        return;
    making->bytes.at[changed * 977 % making->bytes.size] ^= 1;
    ledger_fixture_write(LEDGER, buffer_span(&making->bytes));
    ck_assert_int_ne(judge(making), STATUS_OK);
}

static bool same_state(const struct ledger_state *a, const struct ledger_state *b)
{
    return a->lines == b->lines && a->bytes == b->bytes && memcmp(a->link, b->link, LINK_SIZE) == 0;
}

static void check_head(struct making *making, struct span input)
{
    struct ledger_chain *chain = &making->chain;
    struct ledger_head head = {.out = BUFFER_INIT}, back = {.out = BUFFER_INIT};
    struct buffer text = BUFFER_INIT;
    unsigned char seal[LINK_SIZE];

    ck_assert(ledger_chain_seal(chain, making->id, input, seal));
    ck_assert(buffer_append(&text, input) && buffer_append_byte(&text, ',') &&
              hex_append(&text, seal, LINK_SIZE) && buffer_append_byte(&text, '\n'));
    if (ledger_head_read(buffer_span(&text), chain, making->id, &head) == STATUS_OK) {
        ck_assert(ledger_head_write(&head, chain, making->id, &text));
        ck_assert_int_eq(ledger_head_read(buffer_span(&text), chain, making->id, &back), STATUS_OK);
        ck_assert(same_state(&head.stands, &back.stands));
        ck_assert_int_eq(head.has_pending, back.has_pending);
        ck_assert(!head.has_pending ||
                  (same_state(&head.pending, &back.pending) &&
                   span_equal(buffer_span(&head.out), buffer_span(&back.out))));
    }
    ledger_head_release(&head);
    ledger_head_release(&back);
    buffer_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span input = {(const char *)data, size};
    struct making making;

    begin(&making);
    switch (fuzz_byte(&input) % 3) {
    case 0:
        check_files(&making, input);
        break;
    case 1:
        check_chain(&making, input);
        break;
    default:
        check_head(&making, input);
        break;
    }
    end(&making);
    return 0;
}
