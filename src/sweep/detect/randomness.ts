/** Bits of each character, by how often each occurs in the value itself. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0);
}

/** What part of the letters and digits stands in words: runs of letters that could be spoken. */
function wordShare(value: string): number {
  const all = value.replaceAll(/[^A-Za-z0-9]/g, "").length;
  if (all === 0) return 1;
  const runs = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  const spoken = runs.filter(isSpoken).reduce((sum, run) => sum + run.length, 0);
  return spoken / all;
}

function isSpoken(run: string): boolean {
  if (run.length < 3 || run.length > 16) return false;
  const vowels = run.match(/[aeiouy]/gi)?.length ?? 0;
  return vowels >= run.length / 5 && !/[^aeiouy]{5,}|(.)\1\1|q[^u]/i.test(run);
}

const shapes: readonly RegExp[] = [
  // Paths, addresses, mail, domains, versions, dates, images, resource names.
  /^[A-Za-z]:\\|^~\//,
  /^[a-z][a-z0-9+.-]*:\/\//i,
  /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/,
  /^([a-z0-9-]+\.)+[a-z]{2,}(:\d+)?(\/\S*)?$/i,
  /^v?\d+(\.\d+)+([-+.]\w+)*$/,
  /^\d{4}-\d\d-\d\d/,
  /^(projects|organizations|folders)\//,
  /^(sha\d+|md5|urn|arn|spiffe|principal|principalSet|serviceAccount):/i,
  /^-----BEGIN (CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE REQUEST)/,
  /^(ssh-(rsa|ed25519|dss)|ecdsa-sha2\S*) /,
  // Regions, zones, hosts with a number; paths and globs of a repository.
  /^[a-z]{1,12}([-_.][a-z]{2,12})+[-_.]?\d{1,3}[a-z]?$/,
  /^[a-z@.][a-z0-9@._-]*(\/[a-z0-9@._*-]+)+\/?$/,
  /^pk_(live|test)_|^6L[\w-]{38}$/,
  /^(ami|i|vpc|subnet|sg|snap|vol|eni|rtb|igw|acl)-[0-9a-f]{8,17}$/,
];

/** Whether a value has a shape that says what it is, and that it is no secret. */
export function hasPlainShape(value: string): boolean {
  // Base64 may start with a slash as well.
  const isPath = /^\.{0,2}\/[\w.-]/.test(value) && (value.length < 16 || wordShare(value) >= 0.4);
  return isPath || shapes.some((shape) => shape.test(value)) || /^[\d.,:_-]+[a-z]{0,2}$/i.test(value);
}

/** Whether a value is words: a name, a sentence, an identifier. */
export function isWords(value: string): boolean {
  return wordShare(value) >= 0.72;
}

/** Whether a machine made this value: no words, and hardly a character twice. */
export function looksRandom(value: string): boolean {
  if (value.length < 8 || /\s/.test(value) || hasPlainShape(value) || isWords(value)) return false;
  if (!/[a-z]/i.test(value)) return false;
  const least = value.length < 16 ? 2.5 : value.length < 32 ? 3 : 3.2;
  return entropy(value) >= least;
}

/** Whether it is so for certain, whatever its name: long, with digits among the letters, and no identifier of a known form. */
export function isSurelyRandom(value: string): boolean {
  return (
    value.length >= 20 &&
    value.length <= 512 &&
    /\d/.test(value) &&
    looksRandom(value) &&
    !isUuid(value) &&
    wordShare(value) < 0.62
  );
}

export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
