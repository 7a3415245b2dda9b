/** What each shell reads once. All that is to be known about oatty is asked for at each Tab, so it never gets old. */

/**
 * bash breaks words at `:` and `=`, and replaces only what comes after; so what comes before is taken off.
 */
const bash = `# oatty completion for bash. Put this into ~/.bashrc:  source <(oatty completion bash)
_oatty() {
  local line="\${COMP_LINE:0:COMP_POINT}" word value files=
  word="\${line##*[[:space:]]}"
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    if [[ $value == :files ]]; then files=1; else COMPREPLY+=("\${value#"\${word%"\${word##*[:=]}"}"}"); fi
  done < <(oatty __complete line "$line" 2>/dev/null)
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "\${word##*[:=]}")
  elif [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -F _oatty oatty
`;

const zsh = `#compdef oatty
# oatty completion for zsh. Put this into ~/.zshrc, after compinit:  source <(oatty completion zsh)
_oatty() {
  local line value files=
  local -a values shown
  while IFS= read -r line; do
    if [[ $line == :files ]]; then files=1; continue; fi
    value="\${line%%$'\\t'*}"
    values+=("$value")
    if [[ $line == *$'\\t'* ]]; then shown+=("$value  -- \${line#*$'\\t'}"); else shown+=("$value"); fi
  done < <(oatty __complete words "\${(@Q)words[1,CURRENT]}" 2>/dev/null)
  (( \${#values} )) && compadd -l -d shown -a values
  [[ -n $files ]] && _files
  return 0
}
if [[ \${funcstack[1]} == _oatty ]]; then _oatty "$@"; else compdef _oatty oatty; fi
`;

const fish = `# oatty completion for fish. Put it into place:  oatty completion fish > ~/.config/fish/completions/oatty.fish
function __oatty_complete
    for line in (oatty __complete line (commandline -cp | string collect) 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c oatty -f -a '(__oatty_complete)'
`;

export const completionScripts: Readonly<Record<'bash' | 'zsh' | 'fish', string>> = { bash, zsh, fish };
