import type { Span } from "../../matrix/text/source-text.ts";
import { artifactUri } from "./artifact-uri.ts";

/** A stretch of a file as a physicalLocation. */
export function physicalLocation({ file, line, column, endLine, endColumn }: Span): object {
  return {
    artifactLocation: { uri: artifactUri(file), uriBaseId: "%SRCROOT%" },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}
