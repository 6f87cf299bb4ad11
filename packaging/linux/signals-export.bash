# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for signals-export
_signals_export()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} word command='' part=''
    COMPREPLY=()
    # readline cuts --source=mock into three words.
    if [ "$current" = = ]; then
        current=
    elif [ "$previous" = = ]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$word" in
            run | check | guard | assemble | push | verify | schema | status | jobs | serve)
                [ -n "$command" ] || command=$word
                ;;
            show | hash | diff) [ "$command" != schema ] || part=$word ;;
        esac
    done
    local all="--data-dir --env-file --schema --json --quiet --version --help"
    local scan="--labels-dir --source --industry --since --until --labelled --max-rows --threads"
    local bundle="--out-dir --split --repo --job-id --on-rejection --overwrite"
    local publish="--commit-message --allow-schema-change"
    case "$previous" in
        --source) mapfile -t COMPREPLY < <(compgen -W "mock real" -- "$current") ; return ;;
        --on-rejection) mapfile -t COMPREPLY < <(compgen -W "abort skip" -- "$current") ; return ;;
        --split)
            mapfile -t COMPREPLY < <(compgen -W "none by_source by_industry by_source_industry" -- "$current")
            return
            ;;
        --labels-dir | --out-dir | --bundle-dir | --shards) mapfile -t COMPREPLY < <(compgen -d -- "$current") ; return ;;
        --data-dir | --env-file | --summary) mapfile -t COMPREPLY < <(compgen -f -- "$current") ; return ;;
        --schema)
            mapfile -t COMPREPLY < <(compgen -f -W "signals_v1 signals_v1_core48" -- "$current")
            return
            ;;
        --industry | --since | --until | --max-rows | --threads | --repo | --job-id | --commit-message | --host | --port | --expect)
            return
            ;;
    esac
    local words
    case "$command" in
        "") words="run check guard assemble push verify schema status jobs serve $all $scan $bundle $publish --push" ;;
        run) words="$all $scan $bundle $publish --push" ;;
        check) words="$all $scan $bundle" ;;
        guard) words="$all $scan --summary" ;;
        assemble) words="$all $bundle --shards --expect --max-rows --threads" ;;
        push) words="$all --bundle-dir --repo $publish --private --public --dry-run --threads" ;;
        verify) words="$all --threads" ;;
        schema) words="$all" ; [ -n "$part" ] || words="show hash diff $words" ;;
        status | jobs) words="$all --out-dir" ;;
        serve) words="$all --labels-dir --host --port --out-dir --repo --threads" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    case "$command$part" in
        verify | schema?*)
            [[ $current == -* ]] || mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
            ;;
    esac
}
complete -o filenames -F _signals_export signals-export
