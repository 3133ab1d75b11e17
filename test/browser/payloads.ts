/**
 * What turns text into code, markup, syntax or a formula somewhere, or makes one see something else than stands there. What
 * runs, anywhere, sets `__hit`.
 */
const payloads = [
  `<script>window.__hit='script'</script>`,
  `<img src=x onerror="window.__hit='img'">`,
  `"><svg onload=window.__hit='svg'>`,
  `' onmouseover='window.__hit=1' autofocus onfocus='window.__hit=1`,
  `</script><script>window.__hit='end'</script>`,
  `<!--<script>`,
  `-->`,
  `]]><x xmlns="http://www.w3.org/1999/xhtml"><script>window.__hit='cdata'</script></x>`,
  `</style><style>*{display:none!important}</style>`,
  `</title></textarea></svg></pre><h1>no findings</h1>`,
  `javascript:window.__hit='url'`,
  "${window.__hit='template'}`+(window.__hit='tick')+`",
  `{{constructor.constructor("window.__hit=1")()}}`,
  `\\"};window.__hit='string';//`,
  `\\u003cscript\\u003e &lt;b&gt; &#60;b&#62; &amp; #60;b#62; #quot; %3Cb%3E`,
  `=HYPERLINK("http://evil.example","x")`,
  `+1+1`,
  `@SUM(A1)`,
  `-2+3|cmd`,
  `;=1`,
  `\u2028window.__hit='line'\u2029`,
  `a\u202eb\u2066c\u2069d\u200fe\u061cf`,
  `g\u200bh\u00adi\u2060j\ufeffk\u{e0041}l\u3164m`,
  `expression(1);background:url(http://evil.example/x)}`,
  `%%{init: {"securityLevel": "loose", "themeCSS": "*{display:none}"}}%%`,
  `click n1 call window.__hit()`,
  `n1["x"] --> n2; end; subgraph z`,
  `fa:fa-bell **bold** _it_ $$x$$ ~~no~~`,
  String.raw`\N \G \L \E \T \l \r \n "]; x [URL="javascript:window.__hit=1" label=<<b>b</b>>]; //`,
  `| a | b |`,
  `::error::x ##[group]x ##vso[task.x]y`,
  `https://evil.example www.evil.example [x](https://evil.example) ![x](http://evil.example/x.png)`,
] as const;

/** What a matrix refuses and Google Cloud would not send, but a file with a snapshot can hold. */
const controls = [
  `a\u001b[2J\u001b]8;;https://evil.example\u0007b\u009b31mc`,
  `\t=1+1`,
  `d\re\nf\u0000g\u0008h\u007fi\ufffe\ud800j`,
] as const;

/** Ends what most syntaxes begin. Every text holds it. */
const core = `'"></script><img src=x onerror="window.__hit='core'">\u202e\u200b`;

/** Limits of a principal and of a key in a matrix leave no room for all at once. */
const AT_ONCE = 4;

export interface Writer {
  write(place: string): string;
  /** By place. */
  readonly written: ReadonlyMap<string, string>;
}

/**
 * Writes texts that hold a few of the payloads each. Every text starts with another one, since much works only at the start; a
 * number tells them apart.
 */
export function hostileWriter(takes: "what a matrix takes" | "all"): Writer {
  const all = takes === "all" ? [...controls, ...payloads] : payloads;
  return writer((i, place) => {
    const some = Array.from({ length: AT_ONCE }, (_, j) => all[(i + j) % all.length]);
    const text = `${some.join(" ")} ${core} #${i}`;
    // A matrix takes no blanks there.
    return place === "inherited principal" ? text.replaceAll(/\s/gu, "_") : text;
  });
}

/** Writes texts in which nothing is special. */
export function plainWriter(): Writer {
  // Ends with a letter: no number is part of another.
  return writer((i, place) => `${place.replaceAll(" ", "-")}-${i}x`);
}

function writer(compose: (i: number, place: string) => string): Writer {
  const written = new Map<string, string>();
  return {
    written,
    write: (place) => {
      const text = compose(written.size, place);
      written.set(place, text);
      return text;
    },
  };
}
