// Texts of HCL, from developer.hashicorp.com/terraform/language/expressions/strings.

/** The value of a template: text with interpolations in it, `$${` and `%%{` for the characters themselves. */
export function evaluateTemplate(template: string, valueOf: (reference: string) => string): string {
  return template.replaceAll(/\$\$\{|%%\{|%\{|\$\{([^}]*)\}/g, (found, reference: string | undefined) => {
    if (found === "%{") throw new Error(`${template} has a directive`);
    return reference === undefined ? found.slice(1) : valueOf(reference.trim());
  });
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** The text that stands between two quotes, and may hold nothing but text. */
export function readQuoted(quoted: string): string {
  const plain = quoted.replaceAll(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
    (found, four: string | undefined, eight: string | undefined, sign: string | undefined) => {
      const code = four ?? eight;
      const text = code === undefined ? escapes[sign ?? ""] : String.fromCodePoint(Number.parseInt(code, 16));
      if (text === undefined) throw new Error(`${found} is no escape of HCL`);
      return text;
    },
  );
  return evaluateTemplate(plain, (reference) => {
    throw new Error(`${reference} is no text`);
  });
}
