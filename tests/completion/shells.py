"""What bash, zsh and fish complete, asked of the shells themselves."""

import pathlib
import re
import subprocess

FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "pipeline/cli/completion"

BASH = """
source "$1"; shift
COMP_WORDS=(efface "$@"); COMP_CWORD=$#
_efface
printf '%s\\n' "${COMPREPLY[@]}"
"""

# Stands in for the functions of zsh's completion system, and prints what it is given.
ZSH = """
_arguments() {
    if [[ $1 == -C ]]; then state=argument; words=($command); else print -rl -- "$@"; fi
}
_describe() { [[ $2 == commands ]] && print -rl -- $commands }
command=$1
source %s
"""


def run(*command, cwd=None):
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    assert not done.stderr, done.stderr
    return [line for line in done.stdout.splitlines() if line]


def bash(*words, cwd=None):
    """The completions of the last of the words behind `efface`."""
    return run("bash", "--norc", "-c", BASH, "bash", str(FOLDER / "efface.bash"), *words, cwd=cwd)


def fish(*words, cwd=None):
    line = " ".join(["efface", *words])
    script = f"source {FOLDER}/efface.fish; complete -C '{line}'"
    return [each.split("\t")[0] for each in run("fish", "--no-config", "-c", script, cwd=cwd)]


def zsh(command):
    """The specifications of a command's options, as _arguments is given them."""
    return run("zsh", "-f", "-c", ZSH % (FOLDER / "_efface"), "zsh", command)


def bash_options(command):
    return options_in(bash(command, "-"))


def fish_options(command):
    return options_in(fish(command, "--"))


def zsh_options(command):
    return options_in(re.sub(r"^(\([^)]*\))?\*?", "", line) for line in zsh(command))


def options_in(words):
    found = {match[0] for word in words if (match := re.match(r"--[a-z][a-z-]*", word))}
    return found - {"--help"}
