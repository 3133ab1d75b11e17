// Texts that mean something to Terraform, to CDKTF or to JSON, if anybody lets them.

const terraform = [
  "${google_service_account.victim.email}",
  '${file("/etc/passwd")}',
  "%{ if true }yes%{ else }no%{ endif }",
  "%{~ for x in [1, 2] ~}${x}%{~ endfor ~}",
  "$${escaped}",
  "$$${thrice}",
  "$$$${four times}",
  "%%{escaped}",
  "%%%{thrice}",
  "$%{mixed} %${mixed}",
  "${",
  "%{",
  "a trailing $",
  "a trailing %",
  "$ {not} $\u200b{not}",
  "each.value ${each.value} each.key",
  "${path.module}/${terraform.workspace}/${var.x}/${local.y}",
  "<<EOT\n${heredoc}\nEOT",
];

const cdktf = [
  "${TfToken[TOKEN.0]}",
  "#{TfToken[TOKEN.1]}",
  "&{TfToken[NOT_THERE.2]}",
  "${TfToken[TOKEN.99999]} ${TfToken[]} TfToken[TOKEN.0]",
  "-1.8881545897087668e+289",
  "String Map Token Value",
  "Number Map Token Value",
  "__TOKEN__ <TOKEN.0> ${Token[TOKEN.0]}",
];

const text = [
  `"quotes" 'single' \`back\``,
  "back\\slash \\n \\u0041 \\${x}",
  "line\nbreak\r\nand\ttab",
  `"}]}, "resource": {"null_resource": {"x": {}}}`,
  "// # /* comments */",
  "ünïcödé 漢字 ابجد",
  "👩‍👩‍👧 🏳️‍🌈 emoji",
  "bidi \u202eevil\u202c and \u2066isolated\u2069",
  "\u2028\u2029\ufeff invisible \u200b",
  "__proto__ constructor toString",
  "  spaces around  ",
  "null",
  "true",
  "~",
  "{}",
  "[]",
];

const long = [
  "x".repeat(2000),
  "${x}".repeat(500),
  "$".repeat(255) + "{cut}",
  "é".repeat(1000),
  "🙂".repeat(400),
  `${"x".repeat(255)}🙂`,
  `${"x".repeat(254)}$\{${"y".repeat(99)}}`,
];

/** Texts for fields that take any. */
export const texts: readonly string[] = [...terraform, ...cdktf, ...text, ...long];

/** Texts for fields that take no white space and no more than 1,000 characters: all that may be there, in few. */
export const words: readonly string[] = [
  texts.filter((each) => /^\S{1,60}$/.test(each)).join("/"),
  "${x}".repeat(250),
  `"}],"null_resource":{"x":{}}`,
];

/** Texts for fields that take email addresses; the local part of one may hold all of this. */
export const localParts: readonly string[] = [
  "${google_service_account.victim.email}",
  "${path.cwd}",
  "${each.value}",
  "%{if}",
  "$${x}",
  "$$${x}",
  "%%{x}",
  "$%{x}%${x}",
  "a'b`c|d",
  "#{tftoken.0}",
  "__proto__",
];
