/*
 * The first pass: reads what links need, until it is known whose every record is.
 */
#ifndef EFFACE_RUN_RESOLVE_H
#define EFFACE_RUN_RESOLVE_H

#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/status.h"
#include "match/resolution.h"
#include "run/run_plan.h"
#include "run/stream.h"

/*
 * Fills and seals `resolution`, whose list of targets stands. STATUS_INPUT also where
 * that list turns out contradictory.
 */
MUST_USE enum status resolve(const struct run_plan *plan, struct stream *stream,
                             const struct secret *secret, struct resolution *resolution,
                             struct diagnostics *diagnostics);

#endif
