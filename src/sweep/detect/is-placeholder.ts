const words =
  /change[\s_-]?(me|it|this)|replace[\s_-]?(me|with|this)|placeholder|example|sample|dummy|redacted|masked|your[\s_-]|insert[\s_-]|to[\s_-]?be[\s_-]|not[\s_-]?a?[\s_-]?(secret|real)|\bfake\b|\btodo\b|\btbd\b|\bfixme\b|<[^<>]*>|\.\.\.|\*{3,}|…|x{5,}|[•●]{2,}/i;

/** What tutorials and images ship with: changing it is advice of another kind. */
const defaults = new Set(
  (
    "admin administrator root user username password passwd pass pw secret token test testing demo foo bar baz guest " +
    "postgres postgresql mysql mongo mongodb redis rabbitmq minio minioadmin elastic default none null nil true false " +
    "undefined empty string text key value apikey api-key abc abc123 abcd1234 123456 12345678 123456789 1234567890 " +
    "password1 password123 passw0rd p@ssw0rd admin123 test123 secret123 test-token test-key test-secret dev local localhost letmein qwerty " +
    "my-secret mysecret mypassword my-password supersecret super-secret s3cret s3cr3t secretpassword hunter2 yes no on off"
  ).split(" "),
);

const sequences = [
  "0123456789abcdefghijklmnopqrstuvwxyz",
  "abcdefghijklmnopqrstuvwxyz0123456789",
  "12345678901234567890",
  "deadbeefcafebabe",
];

/** Whether a value stands for one that is still to be filled in, or is one that everybody knows. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  const lower = text.toLowerCase();
  return (
    text === "" ||
    defaults.has(lower) ||
    words.test(text) ||
    new Set(lower).size <= 2 ||
    (text.length >= 8 && new Set(lower).size <= 4) ||
    isSequence(lower)
  );
}

/** `0123456789abcdef` once or several times. */
function isSequence(text: string): boolean {
  const compact = text.replaceAll(/[^a-z0-9]/g, "");
  if (compact.length < 6) return false;
  const start = compact.slice(0, Math.min(8, compact.length));
  return sequences.some((sequence) => {
    if (!sequence.includes(start)) return false;
    const rest = compact.slice(start.length);
    return rest === "" || sequence.includes(start + rest.slice(0, 4)) || rest.startsWith(start.slice(0, 4));
  });
}
