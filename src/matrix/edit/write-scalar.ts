/** What YAML 1.2 core reads as null, a truth value or a number where it stands without quotes. */
const notText =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** What starts something else than plain text: an indicator, a document marker, a merge. */
const opensOther = /^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?:\s|$)|---|\.\.\.|<<$)/;

/** A key, the start of a comment, an end that would be trimmed, and whatever cannot be seen. */
// oxlint-disable-next-line no-control-regex
const breaksText = /^\s|\s$|:\s|:$|\s#|[\0-\x1f\x7f-\x9f\u2028\u2029]|\p{Cf}|\p{Surrogate}/u;

/** Inside braces these mean something, and so does a colon at either end. */
const breaksFlow = /[,[\]{}]|^[?:-]/;

/** A value that holds no others, quoted only where YAML 1.2 core needs it. */
export function writeScalar(value: string | number | boolean | null, inFlow: boolean): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain =
    value !== "" &&
    !notText.test(value) &&
    !opensOther.test(value) &&
    !breaksText.test(value) &&
    !(inFlow && breaksFlow.test(value));
  return isPlain ? value : quote(value);
}

/** In double quotes. What JSON escapes, YAML understands; what nobody sees, or what turns text around, is written out. */
export function quote(text: string, isJson = false): string {
  return JSON.stringify(text).replace(
    // oxlint-disable-next-line no-control-regex
    /[\x7f-\x9f\u2028\u2029]|\p{Cf}/gu,
    (character) => {
      const code = character.codePointAt(0) ?? 0;
      // JSON has no other way than two halves for these few.
      if (code > 0xffff) return isJson ? character : `\\U${code.toString(16).padStart(8, "0")}`;
      return `\\u${code.toString(16).padStart(4, "0")}`;
    },
  );
}
