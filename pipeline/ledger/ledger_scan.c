#include "ledger/ledger_scan.h"

#include <errno.h>
#include <string.h>

#include "base/hex.h"
#include "base/read_at.h"

/* The longest line there is, a run's with many long names, is far from this. */
enum { WINDOW_SIZE = 1 << 18 };

struct scanning {
    const struct ledger_file *file;
    struct ledger_chain *chain;
    const struct ledger_state *state;
    ledger_visitor *visit;
    void *context;
    struct diagnostics *diagnostics;
    struct buffer window; /* bytes read and not yet taken */
    uint64_t read;        /* bytes */
    uint64_t taken;
    struct ledger_line line;
    unsigned char made[LINK_SIZE];
};

static enum status refuse(struct scanning *scanning, const char *why)
{
    diagnostics_error(scanning->diagnostics,
                      (struct place){scanning->file->path, scanning->line.number, 0}, "%s", why);
    return STATUS_INPUT;
}

static enum status refuse_line(struct scanning *scanning)
{
    return refuse(scanning, "the ledger was changed: this line, or one before it, was edited, "
                            "moved, added or removed");
}

static enum status whether(bool well_formed)
{
    return well_formed ? STATUS_OK : STATUS_INPUT;
}

/* Reads the text of the line by its first word. STATUS_INPUT where it is none. */
static enum status read_text(struct ledger_line *line)
{
    unsigned char id[LEDGER_ID_SIZE], key[WRAPPED_KEY_SIZE];
    struct span rest = line->text, word;

    if (!ledger_value(&rest, &word))
        return STATUS_INPUT;
    if (line->number == 1) {
        line->kind = LEDGER_HEADER;
        return whether(ledger_header_read(line->text, id, key));
    }
    if (span_equal(word, SPAN("run"))) {
        line->kind = LEDGER_RUN;
        return ledger_run_read(line->text, &line->run);
    }
    if (span_equal(word, SPAN("erased"))) {
        line->kind = LEDGER_ERASED;
        return whether(ledger_erasure_read(line->text, &line->erasure) &&
                       line->erasure.slot_count == line->run.slot_count);
    }
    line->kind = LEDGER_FORGOTTEN;
    return whether(ledger_forgotten_read(line->text, &line->forgotten, line->forgotten_link));
}

/* Takes a line with its link, but without its line end. */
static enum status take_line(struct scanning *scanning, struct span text)
{
    struct ledger_line *line = &scanning->line;
    unsigned char given[LINK_SIZE];
    enum status status;

    line->number++;
    if (text.size <= LINK_DIGITS || text.at[text.size - LINK_DIGITS - 1] != ',' ||
        !hex_read((struct span){text.at + text.size - LINK_DIGITS, LINK_DIGITS}, given, LINK_SIZE))
        return refuse_line(scanning);
    line->text = (struct span){text.at, text.size - LINK_DIGITS - 1};
    if (!ledger_chain_link(scanning->chain, line->text, scanning->made))
        return diagnostics_no_memory(scanning->diagnostics);
    if (memcmp(scanning->made, given, LINK_SIZE) != 0)
        return refuse_line(scanning);
    status = read_text(line);
    if (status == STATUS_SYSTEM)
        return diagnostics_no_memory(scanning->diagnostics);
    if (status != STATUS_OK)
        return refuse(scanning, "this is no line of a ledger that this version can read");
    line->link = line->kind == LEDGER_FORGOTTEN ? line->forgotten_link : scanning->made;
    memcpy(scanning->chain->link, line->link, LINK_SIZE);
    return scanning->visit ? scanning->visit(scanning->context, line, scanning->diagnostics)
                           : STATUS_OK;
}

/* Fills the window. STATUS_INPUT where the file ends before it should. */
static enum status fill(struct scanning *scanning)
{
    struct buffer *window = &scanning->window;
    const uint64_t left = scanning->state->bytes - scanning->read;
    const size_t room = WINDOW_SIZE - window->size;
    ssize_t got;

    if (room == 0)
        return refuse(scanning, "a line of the ledger is too long");
    got = read_at(scanning->file->fd, window->at + window->size, left < room ? left : room,
                  scanning->read);
    if (got < 0)
        return diagnostics_system(scanning->diagnostics, scanning->file->path, "read the ledger",
                                  errno);
    if (got == 0)
        return refuse(scanning, "the ledger is shorter than its head says: lines are missing "
                                "at its end");
    window->size += (size_t)got;
    scanning->read += (uint64_t)got;
    return STATUS_OK;
}

/* Takes the whole lines of the window. */
static enum status take_lines(struct scanning *scanning)
{
    struct buffer *window = &scanning->window;
    struct span rest = buffer_span(window);
    enum status status = STATUS_OK;
    const char *end;

    while (status == STATUS_OK && rest.size && (end = memchr(rest.at, '\n', rest.size))) {
        const size_t size = (size_t)(end - rest.at);

        status = take_line(scanning, (struct span){rest.at, size});
        rest = (struct span){end + 1, rest.size - size - 1};
    }
    memmove(window->at, rest.at, rest.size);
    window->size = rest.size;
    return status;
}

static enum status scan(struct scanning *scanning)
{
    const struct ledger_state *state = scanning->state;
    enum status status = STATUS_OK;

    if (!buffer_reserve(&scanning->window, WINDOW_SIZE))
        return diagnostics_no_memory(scanning->diagnostics);
    ledger_chain_restart(scanning->chain);
    while (status == STATUS_OK && scanning->read < state->bytes) {
        status = fill(scanning);
        if (status == STATUS_OK)
            status = take_lines(scanning);
    }
    if (status != STATUS_OK)
        return status;
    if (scanning->window.size || scanning->line.number != state->lines ||
        memcmp(scanning->chain->link, state->link, LINK_SIZE) != 0)
        return refuse(scanning, "the ledger does not end as its head says");
    return STATUS_OK;
}

enum status ledger_scan(const struct ledger_file *file, struct ledger_chain *chain,
                        const struct ledger_state *state, ledger_visitor *visit, void *context,
                        struct diagnostics *diagnostics)
{
    struct scanning scanning = {.file = file,
                                .chain = chain,
                                .state = state,
                                .visit = visit,
                                .context = context,
                                .diagnostics = diagnostics,
                                .window = BUFFER_INIT};
    const enum status status = scan(&scanning);

    buffer_release(&scanning.window);
    ledger_run_release(&scanning.line.run);
    return status;
}
