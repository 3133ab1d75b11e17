import { dirname } from "node:path";
import { Repository } from "../../git/repository.ts";
import { fileOwners } from "../../matrix/model/file-owners.ts";
import { decodeText } from "../../matrix/text/decode-text.ts";
import { checkSection, codeownersSection, type OwnedPath } from "../../report/codeowners/codeowners-section.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readMatrix, STDIN } from "../matrix-source.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { UsageError } from "../usage-error.ts";

/** `matrix codeowners`: who owns which file of a matrix, for GitHub; with --check whether a CODEOWNERS file says so. */
export function printCodeowners(
  session: Session,
  file: string | undefined,
  { check }: { readonly check?: string },
): ExitCode {
  const { io, quiet } = session;
  const validated = readMatrix(io, file, io.now());
  const { name, files } = validated;
  if (name === STDIN) throw new UsageError("a matrix on standard input has no path in a repository", "name its file");
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "codeowners", exitCodes.usage.code);
  const pathOf = pathFinder(session, name);
  const section = codeownersSection(
    fileOwners(matrix, files).map((each): OwnedPath => ({ ...each, path: pathOf(each.file) })),
  );
  if (check === undefined) {
    io.stdout.write(section);
    return exitCodes.clean.code;
  }
  const problem = checkSection(readCodeowners(session, check), section);
  if (problem === undefined) return exitCodes.clean.code;
  if (!quiet) {
    io.stdout.write(`${escapeTerminal(check)} ${problem}; at its end must stand:\n\n${section}`);
  }
  return exitCodes.findings.code;
}

/** @throws UsageError where there is no repository, or the matrix is outside of it */
function pathFinder({ io }: Session, name: string): (file: string) => string {
  const repository = Repository.open(io.cwd, dirname(name));
  if ("problem" in repository) throw new UsageError(repository.problem, repository.help);
  return (file) => {
    const path = repository.pathOf(file);
    if (path.startsWith("../"))
      throw new UsageError(`${file} is outside of the repository`, "name a matrix inside of it");
    return path;
  };
}

/** @throws UsageError where it cannot be read */
function readCodeowners({ io }: Session, name: string): string {
  const content = io.disk.read(name);
  if (content.problem !== undefined) throw new UsageError(content.problem, "matrix codeowners writes its section");
  const decoded = decodeText(content.bytes);
  if (!("text" in decoded)) throw new UsageError(`${name} is not UTF-8 text`, "matrix codeowners writes its section");
  return decoded.text;
}
