import type { Instant } from "../../../src/time/instant.ts";

/** What a condition is worth. `broken`: it does not parse, does not type, or fails. */
export type Truth = "true" | "false" | "unknown" | "broken";

type Kind = "bool" | "time" | "text" | "unknown";
interface Value {
  readonly kind: Kind;
  readonly bool?: boolean;
  readonly time?: number;
  readonly text?: string;
}

const unknown: Value = { kind: "unknown" };
const unknownFunctions = new Set(["matchTag", "matchTagId", "hasTagKey", "hasTagKeyId", "getAttribute"]);
const token = /\s*(?:(&&|\|\||==|!=|<=|>=|[<>!().,])|"([^"\\]*)"|'([^'\\]*)'|([A-Za-z_][A-Za-z0-9_]*))/y;

/**
 * The part of CEL that the generated worlds use. A function that nobody knows and text that does not parse break the
 * whole, even beside a branch that is true: CEL is checked before it runs.
 */
export function evaluateCondition(expression: string, asOf: Instant): Truth {
  try {
    const parser = new Parser(tokens(expression), asOf);
    const value = parser.or();
    parser.end();
    if (value.kind === "unknown") return "unknown";
    return value.kind === "bool" ? (value.bool ? "true" : "false") : "broken";
  } catch {
    return "broken";
  }
}

interface Token {
  readonly sign?: string | undefined;
  readonly text?: string | undefined;
  readonly name?: string | undefined;
}

function tokens(expression: string): Token[] {
  const found: Token[] = [];
  const text = expression.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) throw new Error("no token");
    found.push({ sign: match[1], text: match[2] ?? match[3], name: match[4] });
  }
  return found;
}

class Parser {
  private at = 0;
  private readonly tokens: readonly Token[];
  private readonly asOf: Instant;

  constructor(list: readonly Token[], asOf: Instant) {
    this.tokens = list;
    this.asOf = asOf;
  }

  end(): void {
    if (this.at !== this.tokens.length) throw new Error("more text");
  }

  or(): Value {
    let left = this.and();
    while (this.takes("||")) {
      const right = this.and();
      left = join(left, right, true);
    }
    return left;
  }

  private and(): Value {
    let left = this.comparison();
    while (this.takes("&&")) {
      const right = this.comparison();
      left = join(left, right, false);
    }
    return left;
  }

  private comparison(): Value {
    const left = this.not();
    const sign = ["==", "!=", "<=", ">=", "<", ">"].find((each) => this.takes(each));
    return sign === undefined ? left : compare(left, sign, this.not());
  }

  private not(): Value {
    if (!this.takes("!")) return this.dotted();
    const value = this.not();
    if (value.kind === "unknown") return unknown;
    return { kind: "bool", bool: !asBool(value) };
  }

  private dotted(): Value {
    const first = this.tokens[this.at];
    this.at += 1;
    if (first?.text !== undefined) return { kind: "text", text: first.text };
    if (first?.sign === "(") {
      const value = this.or();
      this.must(")");
      return value;
    }
    if (first?.name === undefined) throw new Error("no value");
    if (first.name === "true" || first.name === "false") return { kind: "bool", bool: first.name === "true" };
    if (first.name === "timestamp") return this.timestamp();
    if (!["request", "resource", "api", "destination"].includes(first.name)) throw new Error("unknown name");
    return this.members(first.name);
  }

  private timestamp(): Value {
    const [value] = this.arguments();
    const time = Date.parse(value?.text ?? "");
    if (Number.isNaN(time)) throw new Error("no timestamp");
    return { kind: "time", time };
  }

  private members(root: string): Value {
    const names: string[] = [];
    while (this.takes(".")) {
      const name = this.tokens[this.at]?.name;
      if (name === undefined) throw new Error("no member");
      this.at += 1;
      names.push(name);
      if (this.tokens[this.at]?.sign === "(") {
        if (name !== "startsWith" && name !== "endsWith" && !unknownFunctions.has(name)) throw new Error("no function");
        this.arguments();
        return unknown;
      }
    }
    if (names.length === 0) throw new Error("no member");
    return root === "request" && names.join(".") === "time" ? { kind: "time", time: this.asOf } : unknown;
  }

  private arguments(): Value[] {
    this.must("(");
    const values: Value[] = [];
    if (this.takes(")")) return values;
    do values.push(this.or());
    while (this.takes(","));
    this.must(")");
    return values;
  }

  private takes(sign: string): boolean {
    if (this.tokens[this.at]?.sign !== sign) return false;
    this.at += 1;
    return true;
  }

  private must(sign: string): void {
    if (!this.takes(sign)) throw new Error(`no ${sign}`);
  }
}

function asBool(value: Value): boolean {
  if (value.kind !== "bool" || value.bool === undefined) throw new Error("not a boolean");
  return value.bool;
}

/** `||` where `winner` is true, `&&` where it is false: the winner beats Unknown. */
function join(left: Value, right: Value, winner: boolean): Value {
  const sides = [left, right].map((side) => (side.kind === "unknown" ? undefined : asBool(side)));
  if (sides.includes(winner)) return { kind: "bool", bool: winner };
  return sides.includes(undefined) ? unknown : { kind: "bool", bool: !winner };
}

function compare(left: Value, sign: string, right: Value): Value {
  if (left.kind === "unknown" || right.kind === "unknown") return unknown;
  if (left.kind !== right.kind) throw new Error("different types");
  const [a, b] = [left.time ?? left.text ?? "", right.time ?? right.text ?? ""];
  if (left.kind === "bool") throw new Error("comparison of booleans is not generated");
  const answers: Readonly<Record<string, boolean>> = {
    "==": a === b,
    "!=": a !== b,
    "<": a < b,
    "<=": a <= b,
    ">": a > b,
    ">=": a >= b,
  };
  return { kind: "bool", bool: answers[sign] ?? false };
}
