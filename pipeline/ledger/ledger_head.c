#include "ledger/ledger_head.h"

#include <inttypes.h>
#include <string.h>

#include "base/hex.h"
#include "ledger/ledger_line.h"

#define TITLE "efface-ledger-head,1"

void ledger_head_release(struct ledger_head *head)
{
    buffer_release(&head->out);
}

static bool put_state(struct buffer *out, const struct ledger_state *state)
{
    return buffer_append_format(out, ",%" PRIu64 ",%" PRIu64 ",", state->lines, state->bytes) &&
           hex_append(out, state->link, LINK_SIZE);
}

static bool put_pending(struct buffer *out, const struct ledger_head *head)
{
    return put_state(out, &head->pending) && buffer_append_byte(out, ',') &&
           hex_append(out, head->manifest, CHECKSUM_SIZE) && buffer_append_byte(out, ',') &&
           hex_append(out, head->out.at, head->out.size - 1);
}

bool ledger_head_write(const struct ledger_head *head, struct ledger_chain *chain, struct span id,
                       struct buffer *out)
{
    unsigned char seal[LINK_SIZE];

    buffer_clear(out);
    return buffer_append(out, SPAN(TITLE)) && put_state(out, &head->stands) &&
           (!head->has_pending || put_pending(out, head)) &&
           ledger_chain_seal(chain, id, buffer_span(out), seal) && buffer_append_byte(out, ',') &&
           hex_append(out, seal, LINK_SIZE) && buffer_append_byte(out, '\n');
}

static bool take_number(struct span *text, uint64_t *number)
{
    struct span value;

    *number = 0;
    if (!ledger_value(text, &value) || value.size == 0 || value.size > 18)
        return false;
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return false;
        *number = *number * 10 + (uint64_t)(value.at[i] - '0');
    }
    return true;
}

static bool take_state(struct span *text, struct ledger_state *state)
{
    struct span link;

    return take_number(text, &state->lines) && take_number(text, &state->bytes) &&
           ledger_value(text, &link) && hex_read(link, state->link, LINK_SIZE);
}

/* The buffer has room. */
static bool take_pending(struct span *text, struct ledger_head *head)
{
    struct span manifest, path;
    struct buffer *out = &head->out;

    if (!take_state(text, &head->pending) || !ledger_value(text, &manifest) ||
        !hex_read(manifest, head->manifest, CHECKSUM_SIZE) || !ledger_value(text, &path))
        return false;
    if (!hex_read(path, out->at, path.size / 2))
        return false;
    out->at[path.size / 2] = '\0';
    out->size = path.size / 2 + 1;
    return true;
}

/* Cuts the seal off the end of the text. */
static bool take_seal(struct span *text, unsigned char seal[LINK_SIZE])
{
    const size_t end = 1 + LINK_DIGITS + 1;

    if (text->size < end || text->at[text->size - 1] != '\n' || text->at[text->size - end] != ',')
        return false;
    text->size -= end;
    return hex_read((struct span){text->at + text->size + 1, LINK_DIGITS}, seal, LINK_SIZE);
}

static bool take_values(struct span text, struct ledger_head *head)
{
    const size_t title = sizeof(TITLE) - 1;

    if (text.size <= title || memcmp(text.at, TITLE, title) != 0)
        return false;
    text = (struct span){text.at + title + 1, text.size - title - 1};
    if (!take_state(&text, &head->stands))
        return false;
    head->has_pending = text.at != NULL;
    return !head->has_pending || (take_pending(&text, head) && !text.at);
}

enum status ledger_head_read(struct span text, struct ledger_chain *chain, struct span id,
                             struct ledger_head *head)
{
    unsigned char seal[LINK_SIZE], given[LINK_SIZE];

    if (!take_seal(&text, given))
        return STATUS_INPUT;
    buffer_clear(&head->out);
    if (!buffer_reserve(&head->out, text.size) || !ledger_chain_seal(chain, id, text, seal))
        return STATUS_SYSTEM;
    if (memcmp(seal, given, LINK_SIZE) != 0 || !take_values(text, head))
        return STATUS_INPUT;
    return STATUS_OK;
}
