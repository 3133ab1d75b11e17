import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";

/** Scripts that ask the program itself, so that there is one list of what can follow. */
const scripts: Readonly<Record<string, string>> = {
  bash: `# bash completion for matrix; use it with: source <(matrix completion bash)
_matrix() {
  local IFS=$'\\n'
  COMPREPLY=($(matrix __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _matrix matrix
`,
  zsh: `#compdef matrix
# zsh completion for matrix; use it with: source <(matrix completion zsh)
_matrix() {
  local -a candidates
  candidates=("\${(@f)$(matrix __complete -- "\${words[@]:1:$((CURRENT - 1))}" 2>/dev/null)}")
  if [[ -n \${candidates[1]} ]]; then compadd -- "\${candidates[@]}"; else _files; fi
}
compdef _matrix matrix
`,
  fish: `# fish completion for matrix; use it with: matrix completion fish | source
function __matrix_complete
  set -l words (commandline -opc) (commandline -ct)
  matrix __complete -- $words[2..-1] 2>/dev/null
end
complete -c matrix -a '(__matrix_complete)'
`,
};

/** `matrix completion`: a script for a shell. */
export function printCompletion({ io }: Session, shell: string): ExitCode {
  io.stdout.write(scripts[shell] ?? "");
  return exitCodes.clean.code;
}
