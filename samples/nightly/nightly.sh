#!/bin/sh
# Cleans last night's export: erases those who asked for it, and again everybody who was erased on
# an earlier night and is back. For cron, a systemd timer (efface-nightly.timer) or Airflow
# (airflow_dag.py).
#
#     /srv/efface/rules.yaml       the rules
#     /srv/efface/export/          last night's export; only read
#     /srv/efface/requests.csv     who asked to be erased since; need not be there
#     /srv/efface/keys/nightly.key    from `efface keygen`; keep a copy elsewhere
#     /srv/efface/ledger/erasures.ledger   from `efface ledger init`; keep copies elsewhere
#     /srv/efface/clean/DAY/       what this script makes; clean/latest leads to the newest
#     /srv/efface/clean/DAY.log    progress and messages, a JSON object a line
#
# EFFACE_HOME names another folder than /srv/efface, EFFACE another program than efface.
#
# The exit status is that of efface: 0 done; 1 done, but somebody was found nowhere or is held back:
# read the report; 2, 3, 4, 5 and 7 will be the same the next time: somebody must look; 6 may be
# better later (a full disk). With 2 and above clean/latest still is the night before.

set -u
umask 077

home=${EFFACE_HOME:-/srv/efface}
efface=${EFFACE:-efface}
day=$(date -u +%Y-%m-%d)
out=$home/clean/$day
log=$home/clean/$day.log
requests=$home/requests.csv
key=$home/keys/nightly.key
ledger=$home/ledger/erasures.ledger

say() {
    echo "nightly: $*"
}

# A night that was done is not done again: whoever starts this twice gets the same answer.
if [ -e "$out" ]; then
    "$efface" verify "$out" >/dev/null && say "$day is done already" && exit 0
    say "$out is there and not as it was published" >&2
    exit 4
fi

# A ledger that was changed must not say whom to erase.
"$efface" ledger verify "$ledger" --key-file "$key" >/dev/null || exit $?

set -- --in "$home/export" --out "$out" --key-file "$key" --ledger "$ledger" --replay
[ -e "$requests" ] && set -- "$@" --targets "$requests"

"$efface" run "$home/rules.yaml" "$@" --confirm CONFIRM --progress json >/dev/null 2>"$log"
status=$?

if [ "$status" -gt 1 ]; then
    # the messages of the log hold no personal value
    sed -n '/"event": "message"/p' "$log" >&2
    say "failed with status $status; nothing was published" >&2
    exit "$status"
fi

"$efface" verify "$out" >/dev/null || exit $?
ln -sfn "$day" "$home/clean/latest.new" && mv -T "$home/clean/latest.new" "$home/clean/latest" || exit 6
# What is done is put aside, so that tomorrow's requests are those of tomorrow.
[ -e "$requests" ] && mv "$requests" "$home/clean/$day.requests.csv"

back=$(sed -n '/"event": "intent"/s/.*"resurrected": \([0-9]*\).*/\1/p' "$log")
[ "${back:-0}" -gt 0 ] && say "$back contacts had been erased before and were back: erased again"
[ "$status" -eq 1 ] && say "somebody was found nowhere or is held back: see $out/efface-report" >&2
exit "$status"
