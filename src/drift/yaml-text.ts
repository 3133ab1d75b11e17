/** A scalar of a line of YAML that a person may paste into a matrix: every text but the plainest in double quotes. */
export function yamlText(text: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9@._/-]*$/.test(text) ? text : JSON.stringify(text);
}
