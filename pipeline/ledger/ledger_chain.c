#include "ledger/ledger_chain.h"

#include <string.h>

bool ledger_chain_init(struct ledger_chain *chain, const struct secret *secret)
{
    *chain = (struct ledger_chain){.tagger = tagger_new(secret), .scratch = BUFFER_INIT};
    return chain->tagger != NULL;
}

void ledger_chain_release(struct ledger_chain *chain)
{
    tagger_free(chain->tagger);
    chain->tagger = NULL;
    buffer_release(&chain->scratch);
}

void ledger_chain_restart(struct ledger_chain *chain)
{
    memset(chain->link, 0, LINK_SIZE);
}

static bool link_of(struct ledger_chain *chain, struct span domain, struct span before,
                    struct span text, unsigned char link[LINK_SIZE])
{
    unsigned char tag[TAG_SIZE];

    buffer_clear(&chain->scratch);
    if (!buffer_append(&chain->scratch, before) || !buffer_append(&chain->scratch, text) ||
        !tagger_tag(chain->tagger, domain, buffer_span(&chain->scratch), tag))
        return false;
    memcpy(link, tag, LINK_SIZE);
    return true;
}

bool ledger_chain_link(struct ledger_chain *chain, struct span line, unsigned char link[LINK_SIZE])
{
    const struct span before = {(const char *)chain->link, LINK_SIZE};

    return link_of(chain,
                   SPAN("\xff"
                        "ledger line"),
                   before, line, link);
}

bool ledger_chain_seal(struct ledger_chain *chain, struct span id, struct span text,
                       unsigned char link[LINK_SIZE])
{
    return link_of(chain,
                   SPAN("\xff"
                        "ledger head"),
                   id, text, link);
}
