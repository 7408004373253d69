/*
 * Whether an OUT that a run was about to publish did appear.
 *
 * The manifest is the last file that is written into it, so the manifest's checksum tells this
 * OUT from any other: it lies in OUT, or still in the staging folder beside it. Neither, if
 * somebody moved or removed them meanwhile.
 */
#ifndef EFFACE_LEDGER_LEDGER_SETTLE_H
#define EFFACE_LEDGER_LEDGER_SETTLE_H

#include "base/checksum.h"

enum appearance { OUT_APPEARED, OUT_DID_NOT_APPEAR, OUT_IS_UNKNOWN };

enum appearance ledger_appearance(const char *out, const unsigned char manifest[CHECKSUM_SIZE]);

#endif
