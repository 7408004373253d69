# Bash completion for efface(1). Needs nothing but bash.

# The names under `selections:` at the top level of the rules file on the command line.
_efface_selections() {
    local word
    for word in "${COMP_WORDS[@]:2}"; do
        [[ $word == *.y?(a)ml && -r $word ]] || continue
        awk '/^[^ #]/ { within = /^selections:/ }
             within && match($0, /^ +[A-Za-z_][A-Za-z0-9_-]*:/) {
                 if (!depth) depth = match($0, /[^ ]/)
                 if (match($0, /[^ ]/) == depth) { sub(/:.*/, ""); sub(/^ +/, ""); print }
             }' "$word"
    done
}

_efface_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen "$@" -- "$current")
}

# The value of an option. False where the option takes none, or is none.
_efface_value() {
    case $1 in
    --in) _efface_files -d ;;
    --out) if [[ $command == run ]]; then _efface_files -d; else _efface_files -f; fi ;;
    --targets | --key-file | --new-key-file | --ledger | -o) _efface_files -f ;;
    --mode) COMPREPLY=($(compgen -W 'anonymize delete' -- "$current")) ;;
    --confirm) COMPREPLY=($(compgen -W 'CONFIRM' -- "$current")) ;;
    --report-keys) COMPREPLY=($(compgen -W 'digest clear' -- "$current")) ;;
    --progress) COMPREPLY=($(compgen -W 'auto always never json' -- "$current")) ;;
    --format) COMPREPLY=($(compgen -W 'text json' -- "$current")) ;;
    --select) COMPREPLY=($(compgen -W "$(_efface_selections)" -- "$current")) ;;
    --contact | --digest | --expect | --jobs | --gzip-level | --record-limit | --expansion-limit | --batch-size) ;;
    *) return 1 ;;
    esac
}

_efface_options() {
    local selection='--in --targets --contact --select --all --ledger --replay --mode --key-file
        --progress --jobs'
    local limits='--record-limit --expansion-limit --batch-size'
    case $1 in
    run) echo "$selection $limits --out --confirm --gzip-level --report-keys" ;;
    preview) echo "$selection $limits --explain --diff --show-values --format" ;;
    check) echo '--in --format' ;;
    fields) echo '--in --out --force --jobs' ;;
    verify) echo '--format --jobs' ;;
    ledger) echo '--key-file --new-key-file --expect --contact --digest --format --confirm' ;;
    esac
}

_efface() {
    local commands='run preview check fields verify keygen ledger help version'
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command=${COMP_WORDS[1]}

    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W "$commands --help --version" -- "$current"))
        return
    fi
    # an option and its value may be one word for us and three for bash: --mode=delete
    [[ $current == '=' ]] && current=
    [[ $before == '=' ]] && before=${COMP_WORDS[COMP_CWORD - 2]}
    _efface_value "$before" && return
    if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$(_efface_options "$command") --help" -- "$current"))
        return
    fi
    case $command in
    help) COMPREPLY=($(compgen -W "$commands" -- "$current")) ;;
    verify) _efface_files -d ;;
    ledger)
        if ((COMP_CWORD == 2)); then
            COMPREPLY=($(compgen -W 'init list verify rekey forget' -- "$current"))
        else
            _efface_files -f
        fi
        ;;
    run | preview | check | fields | keygen) _efface_files -f ;;
    esac
}

shopt -q extglob || shopt -s extglob
complete -F _efface efface
