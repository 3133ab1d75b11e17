/** The name of a file as a URI reference. */
export function artifactUri(file: string): string {
  return file
    .split("/")
    .map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\ufffd")))
    .join("/");
}
