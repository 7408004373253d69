# Fish completion for efface(1).

# The names under `selections:` at the top level of the rules file on the command line.
function __efface_selections
    for word in (commandline -opc)
        string match -qr '\.ya?ml$' -- $word; and test -r $word; or continue
        awk '/^[^ #]/ { within = /^selections:/ }
            within && match($0, /^ +[A-Za-z_][A-Za-z0-9_-]*:/) {
                if (!depth) depth = match($0, /[^ ]/)
                if (match($0, /[^ ]/) == depth) { sub(/:.*/, ""); sub(/^ +/, ""); print }
            }' $word
    end
end

function __efface_option --argument-names commands
    complete -c efface -n "__fish_seen_subcommand_from $commands" $argv[2..]
end

complete -c efface -f
complete -c efface -n __fish_use_subcommand -a run -d 'Anonymize or delete contacts in an export'
complete -c efface -n __fish_use_subcommand -a preview -d 'Say what a run would do, and write nothing'
complete -c efface -n __fish_use_subcommand -a check -d 'Check rules, alone or against an export'
complete -c efface -n __fish_use_subcommand -a fields -d 'Write the field summary of an export'
complete -c efface -n __fish_use_subcommand -a verify -d 'Compare a published folder with its manifest'
complete -c efface -n __fish_use_subcommand -a keygen -d 'Make a new pseudonymization key'
complete -c efface -n __fish_use_subcommand -a ledger -d 'Read, check or change a ledger of erasures'
complete -c efface -n __fish_use_subcommand -a help -d 'List the commands, or explain one'
complete -c efface -n __fish_use_subcommand -a version -d 'Print the version'
complete -c efface -l help -d 'Explain the command'

__efface_option 'run preview check fields keygen ledger' -F
__efface_option ledger -a 'init list verify rekey forget'
__efface_option verify -xa '(__fish_complete_directories)'
__efface_option help -xa 'run preview check fields verify keygen ledger help version'

__efface_option 'run preview check fields' -l in -xa '(__fish_complete_directories)' -d 'The folder of the export'
__efface_option run -l out -xa '(__fish_complete_directories)' -d 'The folder to be made'
__efface_option fields -s o -l out -rF -d 'The workbook to be made'
__efface_option fields -l force -d 'Replace the workbook if it is there'

__efface_option 'run preview' -l targets -rF -d 'A CSV file of contacts'
__efface_option 'run preview ledger' -l contact -x -d 'A key or identifier'
__efface_option 'run preview' -l select -xa '(__efface_selections)' -d 'A selection of the rules'
__efface_option 'run preview' -l all -d 'Every contact'
__efface_option 'run preview' -l ledger -rF -d 'A ledger of erasures'
__efface_option 'run preview' -l replay -d 'Whoever stands in the ledger'
__efface_option 'run preview' -l mode -xa 'anonymize delete' -d 'What is done to contacts'
__efface_option 'run preview ledger' -l key-file -rF -d 'The key that pseudonyms are made with'
__efface_option 'run preview' -l progress -xa 'auto always never json' -d 'How far the work is'
__efface_option 'run preview fields verify' -l jobs -x -d Threads
__efface_option 'run preview' -l record-limit -x -d 'Bytes in the longest record'
__efface_option 'run preview' -l expansion-limit -x -d 'Bytes that one gzipped byte may become'
__efface_option 'run preview' -l batch-size -x -d 'Bytes worked on at a time'
__efface_option 'run ledger' -l confirm -xa CONFIRM -d 'The word that is otherwise asked for'
__efface_option run -l gzip-level -xa '1 2 3 4 5 6 7 8 9' -d 'For files that came gzipped'
__efface_option run -l report-keys -xa 'digest clear' -d 'How reports name contacts'
__efface_option preview -l explain -d 'Tell by which links each record was reached'
__efface_option preview -l diff -d 'Tell what cells would become, masked'
__efface_option preview -l show-values -d 'Show the values of --diff in clear'
__efface_option ledger -l new-key-file -rF -d 'The key that the ledger gets'
__efface_option ledger -l expect -x -d 'A head that was noted earlier'
__efface_option ledger -l digest -x -d 'A digest that the list prints'
__efface_option 'preview check verify ledger' -l format -xa 'text json' -d 'How to print'
