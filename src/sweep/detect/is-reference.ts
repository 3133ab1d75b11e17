/** Values that say where a secret is, or that something else puts one in. */
const references: readonly RegExp[] = [
  // Templates: Helm, Jinja, GitHub Actions, shell, Terraform, Azure, ERB, printf.
  /\{\{|\$\{|\$\(|<%|%\{|^\$[A-Za-z_]\w*$|^\$\$?\{?[A-Z_]+\}?$|^`[^`]*`$|^%[A-Z_]+%$|^%\w?\(?\w*\)?s$|^@@?[\w.]+@$/,
  // Secret managers: Google, AWS, Azure, Vault, 1Password, Doppler, Berglas.
  /^projects\/[^/]+\/(locations\/[^/]+\/)?(secrets|keyRings)\//,
  /^(sm|gcp-?sm|gsm|ssm|asm|awssm|op|vault|bao|akv|azkv|keyvault|doppler|berglas|secretref|secretsmanager|infisical|keeper|chamber|conjur|ref\+[\w+]+):(\/\/)?/i,
  /^arn:aws[\w-]*:/,
  /^@Microsoft\.KeyVault\(/i,
  // What only its key can open: SOPS, Jasypt, Spring, Ansible, age, sealed.
  /^(ENC\[|ENC\(|\{cipher\}|\$ANSIBLE_VAULT|age1|AgA[\w+/]{40})/,
  /^(data|file|env|secret|var|local|module|each|self|random_password)\.[\w.[\]"]+$/,
  // Calls of functions, as programs write them.
  /^[A-Za-z_][\w.]*\(.*\)?$/,
  // Hashes of passwords.
  /^\$(2[abxy]|argon2\w*|scrypt|pbkdf2[\w-]*|apr1|[156y])\$|^\{?(SSHA|PBKDF2|bcrypt)\}?/i,
];

export function isReference(value: string): boolean {
  return references.some((pattern) => pattern.test(value));
}

/** What stands in a reference as its default: `${NAME:-value}`. */
export function defaultIn(value: string): string | undefined {
  return /^\$\{[A-Za-z_]\w*:?-([^${}]+)\}$/.exec(value)?.[1];
}
