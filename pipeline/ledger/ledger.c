#include "ledger/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/read_at.h"
#include "ledger/ledger_settle.h"

/* Lines are written out in pieces of about this size; the first line is shorter than HEADER_MAX. */
enum { PIECE_SIZE = 1 << 16, HEADER_MAX = 512 };

static enum status refuse(const struct ledger *ledger, enum status status, const char *why,
                          struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){ledger->file.path, 0, 0}, "%s", why);
    return status;
}

static struct span id_of(const struct ledger *ledger)
{
    return (struct span){(const char *)ledger->id, LEDGER_ID_SIZE};
}

/* The key that wraps the key of the digests. False where libcrypto failed. */
static bool wrapping_key(struct ledger_chain *chain, struct span id,
                         unsigned char wrapping[WRAPPING_KEY_SIZE])
{
    _Static_assert((int)WRAPPING_KEY_SIZE == (int)TAG_SIZE, "a tag serves as key");
    return tagger_tag(chain->tagger,
                      SPAN("\xff"
                           "ledger key"),
                      id, wrapping);
}

/* Adds a line to `lines`, which moves the end and the chain on. False: memory or libcrypto. */
static bool put_line(struct ledger_chain *chain, struct span text, struct ledger_state *end,
                     struct buffer *lines)
{
    const size_t before = lines->size;

    if (!ledger_chain_link(chain, text, end->link) || !buffer_append(lines, text) ||
        !buffer_append_byte(lines, ',') || !hex_append(lines, end->link, LINK_SIZE) ||
        !buffer_append_byte(lines, '\n'))
        return false;
    memcpy(chain->link, end->link, LINK_SIZE);
    end->lines++;
    end->bytes += lines->size - before;
    return true;
}

/* Writes what was added to where it belongs. */
static enum status write_lines(const struct ledger_file *file, const struct ledger_state *end,
                               struct buffer *lines, struct diagnostics *diagnostics)
{
    const enum status status =
        ledger_file_append(file, buffer_span(lines), end->bytes - lines->size, diagnostics);

    buffer_clear(lines);
    return status;
}

static enum status write_head(struct ledger *ledger, struct ledger_chain *chain,
                              struct diagnostics *diagnostics)
{
    if (!ledger_head_write(&ledger->head, chain, id_of(ledger), &ledger->text))
        return diagnostics_no_memory(diagnostics);
    return ledger_file_write_head(&ledger->file, buffer_span(&ledger->text), diagnostics);
}

static bool put_header(struct ledger *ledger, struct ledger_chain *chain, struct ledger_state *end)
{
    unsigned char wrapping[WRAPPING_KEY_SIZE], wrapped[WRAPPED_KEY_SIZE];

    buffer_clear(&ledger->text);
    const bool put = wrapping_key(chain, id_of(ledger), wrapping) &&
                     fingerprint_key_wrap(&ledger->key, wrapping, wrapped) &&
                     ledger_header_write(&ledger->text, ledger->id, wrapped) &&
                     put_line(chain, buffer_span(&ledger->text), end, &ledger->lines);
    explicit_bzero(wrapping, sizeof(wrapping));
    return put;
}

/* Makes what was written to `replacement`, up to `end`, the ledger. */
static enum status install(struct ledger *ledger, struct ledger_chain *chain,
                           const struct ledger_file *replacement, const struct ledger_state *end,
                           struct diagnostics *diagnostics)
{
    enum status status = write_lines(replacement, end, &ledger->lines, diagnostics);

    if (status == STATUS_OK)
        status = ledger_file_sync(replacement, diagnostics);
    ledger->head.stands = *end;
    ledger->head.has_pending = false;
    /* from here on FILE.new is the ledger: whoever finds it so gives it its name */
    if (status == STATUS_OK)
        status = write_head(ledger, chain, diagnostics);
    if (status == STATUS_OK)
        status = ledger_file_install(&ledger->file, replacement, diagnostics);
    return status;
}

static enum status make(struct ledger *ledger, struct diagnostics *diagnostics)
{
    struct fingerprint_key id;
    struct ledger_file replacement;
    struct ledger_state end = {0};
    enum status status = ledger_file_begin(&ledger->file, &replacement, diagnostics);

    if (status != STATUS_OK)
        return status;
    fingerprint_key_draw(&id);
    memcpy(ledger->id, id.bytes, LEDGER_ID_SIZE);
    fingerprint_key_draw(&ledger->key);
    ledger_chain_restart(&ledger->chain);
    if (put_header(ledger, &ledger->chain, &end))
        status = install(ledger, &ledger->chain, &replacement, &end, diagnostics);
    else
        status = diagnostics_no_memory(diagnostics);
    if (status != STATUS_OK && ledger->file.fd != replacement.fd)
        close(replacement.fd);
    return status;
}

/* Takes id and key from the first line of a file. */
static enum status read_header(struct ledger *ledger, const struct ledger_file *file,
                               struct diagnostics *diagnostics)
{
    unsigned char wrapping[WRAPPING_KEY_SIZE], wrapped[WRAPPED_KEY_SIZE];
    char first[HEADER_MAX];
    const ssize_t got = read_at(file->fd, first, sizeof(first), 0);
    const char *end = got > 0 ? memchr(first, '\n', (size_t)got) : NULL;
    const size_t size = end ? (size_t)(end - first) : 0;
    bool unwrapped;

    if (got < 0)
        return diagnostics_system(diagnostics, ledger->file.path, "read the ledger", errno);
    if (size <= LINK_DIGITS ||
        !ledger_header_read((struct span){first, size - LINK_DIGITS - 1}, ledger->id, wrapped))
        return refuse(ledger, STATUS_INPUT, "this is no ledger that this version can read",
                      diagnostics);
    if (!wrapping_key(&ledger->chain, id_of(ledger), wrapping))
        return diagnostics_no_memory(diagnostics);
    unwrapped = fingerprint_key_unwrap(wrapped, wrapping, &ledger->key);
    explicit_bzero(wrapping, sizeof(wrapping));
    return unwrapped
               ? STATUS_OK
               : refuse(ledger, STATUS_USAGE, "the key is not the one of this ledger", diagnostics);
}

/* Takes id and key from a file and its end from the head. */
static enum status read_parts(struct ledger *ledger, const struct ledger_file *file,
                              struct diagnostics *diagnostics)
{
    enum status status = read_header(ledger, file, diagnostics);

    if (status == STATUS_OK)
        status = ledger_file_read_head(file, &ledger->text, diagnostics);
    if (status != STATUS_OK)
        return status;
    status =
        ledger_head_read(buffer_span(&ledger->text), &ledger->chain, id_of(ledger), &ledger->head);
    if (status == STATUS_SYSTEM)
        return diagnostics_no_memory(diagnostics);
    if (status == STATUS_INPUT && ledger->is_rekeyed)
        return refuse(ledger, status,
                      "its head is not sealed with this key: it was changed, or 'efface ledger "
                      "rekey' was interrupted when it had all but ended, and the new key counts",
                      diagnostics);
    if (status == STATUS_INPUT)
        return refuse(ledger, status, "the head of the ledger was changed, or is another's",
                      diagnostics);
    return status;
}

/* STATUS_INPUT or STATUS_USAGE where a FILE.new that was left is not what the head is of. */
static enum status hold_against_head(struct ledger *ledger, const struct ledger_file *left,
                                     struct diagnostics *diagnostics)
{
    uint64_t size = 0;
    enum status status = read_parts(ledger, left, diagnostics);

    if (status == STATUS_OK)
        status = ledger_file_size(left, &size, diagnostics);
    if (status == STATUS_OK && size != ledger->head.stands.bytes)
        status = STATUS_INPUT;
    if (status == STATUS_OK)
        status = ledger_scan(left, &ledger->chain, &ledger->head.stands, NULL, NULL, diagnostics);
    return status;
}

/*
 * Whether a FILE.new that was left is what the head is of. STATUS_SYSTEM where that can't be told
 * now: to take it for what is not would be the end of the ledger.
 */
static enum status is_headed(struct ledger *ledger, const struct ledger_file *left, bool *headed,
                             struct diagnostics *diagnostics)
{
    struct diagnostics why = DIAGNOSTICS_INIT;
    const enum status status = hold_against_head(ledger, left, &why);

    *headed = status == STATUS_OK;
    ledger->is_rekeyed = status == STATUS_USAGE;
    if (status == STATUS_SYSTEM)
        diagnostics_move(diagnostics, &why);
    diagnostics_release(&why);
    return status == STATUS_SYSTEM ? status : STATUS_OK;
}

/* Takes FILE.new, which is the ledger, for it. Who looks leaves it its name. */
static enum status take_left(struct ledger *ledger, const struct ledger_file *left,
                             enum ledger_access access, struct diagnostics *diagnostics)
{
    if (access != LEDGER_LOOK)
        return ledger_file_install(&ledger->file, left, diagnostics);
    ledger_file_adopt(&ledger->file, left->fd);
    diagnostics_warning(diagnostics, (struct place){ledger->file.path, 0, 0},
                        "a change was interrupted when it had all but ended: what is read stands "
                        "in %s, until the next change or 'efface ledger init' renames it",
                        ledger->file.new_name);
    return STATUS_OK;
}

/* Ends a replacement that was interrupted: it is completed if the head was written already. */
static enum status complete_replacement(struct ledger *ledger, enum ledger_access access,
                                        struct diagnostics *diagnostics)
{
    struct ledger_file left = ledger->file;
    bool headed = false;
    enum status status = ledger_file_left(&ledger->file, access, &left.fd, diagnostics);

    if (status != STATUS_OK || left.fd < 0)
        return status;
    status = is_headed(ledger, &left, &headed, diagnostics);
    if (headed)
        status = take_left(ledger, &left, access, diagnostics);
    if (ledger->file.fd != left.fd)
        close(left.fd);
    return status;
}

/* Whether the lines that are pending count. */
static bool has_appeared(const struct ledger *ledger, struct diagnostics *diagnostics)
{
    const struct ledger_head *head = &ledger->head;
    const enum appearance appearance = ledger_appearance(head->out.at, head->manifest);

    if (appearance == OUT_IS_UNKNOWN)
        diagnostics_warning(diagnostics, (struct place){ledger->file.path, 0, 0},
                            "a run was interrupted, and whether it had published its output can't "
                            "be told, as that is gone: its erasures count as done");
    return appearance != OUT_DID_NOT_APPEAR;
}

static enum status settle(struct ledger *ledger, struct diagnostics *diagnostics)
{
    return has_appeared(ledger, diagnostics) ? ledger_commit(ledger, diagnostics)
                                             : ledger_revoke(ledger, diagnostics);
}

/* Whoever looks sees it settled, though the files aren't. */
static void foresee(struct ledger *ledger, struct diagnostics *diagnostics)
{
    if (ledger->head.has_pending && has_appeared(ledger, diagnostics))
        ledger->head.stands = ledger->head.pending;
}

/* Settles what is pending, and cuts off what was never finished. */
static enum status clean_up(struct ledger *ledger, struct diagnostics *diagnostics)
{
    enum status status = ledger->head.has_pending ? settle(ledger, diagnostics) : STATUS_OK;
    uint64_t size = 0;

    if (status == STATUS_OK)
        status = ledger_file_size(&ledger->file, &size, diagnostics);
    if (status == STATUS_OK && size > ledger->head.stands.bytes)
        status = ledger_file_cut(&ledger->file, ledger->head.stands.bytes, diagnostics);
    if (status == STATUS_OK)
        ledger_file_remove_left(&ledger->file);
    return status;
}

enum status ledger_open(struct ledger *ledger, const char *path, enum ledger_access access,
                        const struct secret *secret, struct diagnostics *diagnostics)
{
    enum status status;

    *ledger =
        (struct ledger){.head = {.out = BUFFER_INIT}, .lines = BUFFER_INIT, .text = BUFFER_INIT};
    status = ledger_file_open(path, access, &ledger->file, diagnostics);
    if (!ledger_chain_init(&ledger->chain, secret) && status == STATUS_OK)
        status = diagnostics_no_memory(diagnostics);
    if (status == STATUS_OK)
        status = complete_replacement(ledger, access, diagnostics);
    if (status == STATUS_OK && ledger->file.fd < 0)
        status = access == LEDGER_MAKE
                     ? make(ledger, diagnostics)
                     : refuse(ledger, STATUS_INPUT,
                              "the ledger was never finished; 'efface ledger init' finishes it",
                              diagnostics);
    if (status == STATUS_OK)
        status = read_parts(ledger, &ledger->file, diagnostics);
    if (status == STATUS_OK && access == LEDGER_LOOK)
        foresee(ledger, diagnostics);
    else if (status == STATUS_OK)
        status = clean_up(ledger, diagnostics);
    ledger->end = ledger->head.stands;
    return status;
}

void ledger_close(struct ledger *ledger)
{
    ledger_file_close(&ledger->file);
    ledger_chain_release(&ledger->chain);
    ledger_head_release(&ledger->head);
    buffer_release(&ledger->lines);
    buffer_release(&ledger->text);
    explicit_bzero(&ledger->key, sizeof(ledger->key));
}

enum status ledger_each(struct ledger *ledger, ledger_visitor *visit, void *context,
                        struct diagnostics *diagnostics)
{
    return ledger_scan(&ledger->file, &ledger->chain, &ledger->head.stands, visit, context,
                       diagnostics);
}

/* Adds ledger->text as a line. */
static enum status add_line(struct ledger *ledger, struct diagnostics *diagnostics)
{
    if (!put_line(&ledger->chain, buffer_span(&ledger->text), &ledger->end, &ledger->lines))
        return diagnostics_no_memory(diagnostics);
    if (ledger->lines.size < PIECE_SIZE)
        return STATUS_OK;
    return write_lines(&ledger->file, &ledger->end, &ledger->lines, diagnostics);
}

enum status ledger_begin(struct ledger *ledger, struct span date,
                         const unsigned char rules[CHECKSUM_SIZE],
                         const struct entity_rule *subject, struct diagnostics *diagnostics)
{
    buffer_clear(&ledger->text);
    if (!ledger_run_write(&ledger->text, date, rules, subject))
        return diagnostics_no_memory(diagnostics);
    return add_line(ledger, diagnostics);
}

enum status ledger_add(struct ledger *ledger, const struct ledger_erasure *erasure,
                       struct diagnostics *diagnostics)
{
    buffer_clear(&ledger->text);
    if (!ledger_erasure_write(&ledger->text, erasure))
        return diagnostics_no_memory(diagnostics);
    return add_line(ledger, diagnostics);
}

/* The path from the root, and a NUL: the next run may begin in another folder. */
static bool keep_path(struct buffer *out, const char *path)
{
    char here[4096];

    buffer_clear(out);
    if (path[0] != '/' && (!getcwd(here, sizeof(here)) || !buffer_append(out, span_of(here)) ||
                           !buffer_append_byte(out, '/')))
        return false;
    return buffer_append(out, (struct span){path, strlen(path) + 1});
}

enum status ledger_prepare(struct ledger *ledger, const unsigned char manifest[CHECKSUM_SIZE],
                           const char *out, struct diagnostics *diagnostics)
{
    struct ledger_head *head = &ledger->head;
    enum status status;

    if (ledger->end.lines == head->stands.lines)
        return STATUS_OK;
    status = write_lines(&ledger->file, &ledger->end, &ledger->lines, diagnostics);
    if (status == STATUS_OK)
        status = ledger_file_sync(&ledger->file, diagnostics);
    if (status != STATUS_OK)
        return status;
    if (!keep_path(&head->out, out))
        return diagnostics_no_memory(diagnostics);
    head->pending = ledger->end;
    memcpy(head->manifest, manifest, CHECKSUM_SIZE);
    head->has_pending = true;
    return write_head(ledger, &ledger->chain, diagnostics);
}

enum status ledger_commit(struct ledger *ledger, struct diagnostics *diagnostics)
{
    struct ledger_head *head = &ledger->head;

    if (!head->has_pending)
        return STATUS_OK;
    head->stands = head->pending;
    head->has_pending = false;
    return write_head(ledger, &ledger->chain, diagnostics);
}

enum status ledger_revoke(struct ledger *ledger, struct diagnostics *diagnostics)
{
    struct ledger_head *head = &ledger->head;
    enum status status = STATUS_OK;

    if (head->has_pending) {
        head->has_pending = false;
        status = write_head(ledger, &ledger->chain, diagnostics);
    }
    ledger->end = head->stands;
    buffer_clear(&ledger->lines);
    if (status == STATUS_OK)
        status = ledger_file_cut(&ledger->file, head->stands.bytes, diagnostics);
    return status;
}

/* What writing a ledger anew takes. */
struct rewriting {
    struct ledger *ledger;
    struct ledger_file replacement;
    struct ledger_chain chain; /* under the new key */
    struct ledger_state end;
    ledger_chooser *choose;
    void *context;
    struct span date;
};

/* Puts the line's text, or what takes its place, into ledger->text, and its last link. */
static bool rewrite_text(struct rewriting *rewriting, const struct ledger_line *line,
                         const unsigned char **link)
{
    struct buffer *text = &rewriting->ledger->text;
    const bool chosen = line->kind == LEDGER_ERASED && rewriting->choose &&
                        rewriting->choose(rewriting->context, line);

    *link = line->kind == LEDGER_FORGOTTEN || chosen ? line->link : NULL;
    buffer_clear(text);
    return chosen ? ledger_forgotten_write(text, rewriting->date, line->link)
                  : buffer_append(text, line->text);
}

static enum status rewrite_line(void *context, const struct ledger_line *line,
                                struct diagnostics *diagnostics)
{
    struct rewriting *rewriting = context;
    struct ledger *ledger = rewriting->ledger;
    const unsigned char *link = NULL;
    bool put;

    if (line->kind == LEDGER_HEADER)
        put = put_header(ledger, &rewriting->chain, &rewriting->end);
    else
        put = rewrite_text(rewriting, line, &link) &&
              put_line(&rewriting->chain, buffer_span(&ledger->text), &rewriting->end,
                       &ledger->lines);
    if (!put)
        return diagnostics_no_memory(diagnostics);
    if (link) {
        memcpy(rewriting->chain.link, link, LINK_SIZE);
        memcpy(rewriting->end.link, link, LINK_SIZE);
    }
    if (ledger->lines.size < PIECE_SIZE)
        return STATUS_OK;
    return write_lines(&rewriting->replacement, &rewriting->end, &ledger->lines, diagnostics);
}

enum status ledger_rewrite(struct ledger *ledger, const struct secret *secret,
                           ledger_chooser *choose, void *context, struct span date,
                           struct diagnostics *diagnostics)
{
    struct rewriting rewriting = {
        .ledger = ledger, .choose = choose, .context = context, .date = date};
    enum status status = ledger_file_begin(&ledger->file, &rewriting.replacement, diagnostics);

    if (status != STATUS_OK)
        return status;
    if (ledger_chain_init(&rewriting.chain, secret))
        status = ledger_each(ledger, rewrite_line, &rewriting, diagnostics);
    else
        status = diagnostics_no_memory(diagnostics);
    if (status == STATUS_OK)
        status =
            install(ledger, &rewriting.chain, &rewriting.replacement, &rewriting.end, diagnostics);
    if (status != STATUS_OK && ledger->file.fd != rewriting.replacement.fd)
        close(rewriting.replacement.fd);
    ledger_chain_release(&rewriting.chain);
    return status;
}
