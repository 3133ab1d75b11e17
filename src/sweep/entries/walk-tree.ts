import { childAt, textAt, type TextTree, type TreeMap, type TreeText } from "../tree/text-tree.ts";
import { decodeBase64 } from "./decode-base64.ts";
import type { Entry, Frame, Setting } from "./entry.ts";
import { readCommands } from "./read-commands.ts";

type ReadFrame = (frame: Frame, hint: string) => readonly Entry[];

/** What stands around a part of a tree. */
interface Around {
  readonly key: string;
  readonly above: string;
  readonly service: string | null;
  readonly setting: Setting;
  /** Whether texts are base64, as under `data` of a Secret. */
  readonly isEncoded: boolean;
}

/** What holds no secret, but a name of one, or one that only its controller can read. */
const sealedKinds =
  /^(SealedSecret|ExternalSecret|ClusterExternalSecret|SecretStore|ClusterSecretStore|SecretProviderClass|PushSecret|SopsSecret|Vault\w*Secret|CustomResourceDefinition)$/;

const referenceKeys =
  /^(secretKeyRef|valueFrom|valueSource|secretRef|configMapKeyRef|remoteRef|secretStoreRef|encryptedData|value_source|secret_key_ref|imagePullSecrets|\$ref|integrity|availableSecrets|secretEnv)$/;

/** Keys that say nothing: the key above names the value. */
const emptyKeys = /^(value|default|data|content|text|key|result|current|plain|plaintext|auth)$/i;

/** Everything that trees set under a name, with texts that stand in texts. */
export function walkTree(trees: readonly TextTree[], frame: Frame, readFrame: ReadFrame): readonly Entry[] {
  const walker = new Walker(frame, readFrame);
  for (const tree of trees)
    walker.visit(tree, { key: "", above: "", service: frame.service, setting: "field", isEncoded: false });
  return walker.found;
}

class Walker {
  readonly found: Entry[] = [];
  readonly #frame: Frame;
  readonly #readFrame: ReadFrame;

  constructor(frame: Frame, readFrame: ReadFrame) {
    this.#frame = frame;
    this.#readFrame = readFrame;
  }

  visit(tree: TextTree, around: Around): void {
    if (tree.kind === "map") this.#map(tree, around);
    else if (tree.kind === "list") {
      for (const [index, item] of tree.items.entries()) {
        const before = tree.items[index - 1];
        const flag = before?.kind === "text" ? /^--?([a-z][\w-]+)$/.exec(before.text)?.[1] : undefined;
        if (item.kind !== "text") this.visit(item, around);
        else if (flag !== undefined && !item.text.startsWith("-"))
          this.#text(item, { ...around, key: flag, above: "" });
        else this.#item(item, around);
      }
    } else this.#text(tree, around);
  }

  #map(map: TreeMap, around: Around): void {
    const kind = textAt(map, "kind") ?? "";
    const isObject = childAt(map, "apiVersion") !== undefined;
    if (isObject && sealedKinds.test(kind)) return;
    const service = serviceOf(map, isObject ? kind : "") ?? around.service;
    const key = textAt(map, "private_key");
    if (textAt(map, "type") === "service_account" && key !== undefined) {
      this.#accountKey(map, { ...around, service });
      return;
    }
    const [name, value] = [textAt(map, "name") ?? textAt(map, "key"), childAt(map, "value")];
    const isNamed = name !== undefined && value !== undefined;
    if (isNamed)
      this.visit(value, {
        ...around,
        key: name,
        above: "",
        service,
        setting: value.kind === "text" && around.setting !== "secret" ? "env" : around.setting,
      });
    const isSecret = isObject && kind === "Secret";
    for (const pair of map.pairs) {
      if (referenceKeys.test(pair.key) || (isNamed && ["name", "value", "key"].includes(pair.key))) continue;
      if (pair.key === "sops" && childAt(pair.value, "mac") !== undefined) continue;
      if (isSecret && (pair.key === "data" || pair.key === "stringData"))
        this.visit(pair.value, { key: "", above: "", service, setting: "secret", isEncoded: pair.key === "data" });
      else this.#pair(pair.key, pair.value, { ...around, service }, map);
    }
  }

  #pair(key: string, value: TextTree, around: Around, map: TreeMap): void {
    const isRandom = key === "instances" && textAt(map, "type") === "random_password";
    const setting = /^(env|environment|variables|env_vars|substitutions|extraEnv)$/i.test(around.key)
      ? "env"
      : around.setting;
    const above = isRandom
      ? "random_password"
      : emptyKeys.test(around.key) || around.key === ""
        ? around.above
        : around.key;
    if (/^google_cloud_run(_v2)?_(service|job)$/.test(key) && value.kind === "map") {
      for (const child of value.pairs)
        this.visit(child.value, { ...around, key: child.key, service: textAt(child.value, "name") ?? child.key });
      return;
    }
    if (key === "services" && value.kind === "map" && value.pairs.some((child) => isComposed(child.value))) {
      for (const child of value.pairs) {
        this.#frame.notes?.envFiles.push(...envFilesOf(child.value).map((path) => ({ service: child.key, path })));
        this.visit(child.value, { ...around, key: child.key, service: child.key });
      }
      return;
    }
    const kept = around.key === "instances" || around.key === "attributes" ? around.above : above;
    this.visit(value, { ...around, key: isRandom ? "instances" : key, above: kept, setting });
  }

  /** A text in a list: `NAME=value`, or an argument of a command. */
  #item(tree: TreeText, around: Around): void {
    const [, name, value] = /^([A-Za-z_][\w.-]*)=([^]*)$/.exec(tree.text) ?? [];
    if (name !== undefined && value !== undefined)
      this.#text({ ...tree, text: value }, { ...around, key: name, above: "", setting: "env" });
    else this.#text(tree, around);
  }

  #accountKey(map: TreeMap, { service }: Around): void {
    const tree = childAt(map, "private_key");
    if (tree?.kind !== "text") return;
    const name = textAt(map, "client_email") ?? "private_key";
    this.#add(tree, {
      name,
      meaning: "private_key",
      value: tree.text,
      service,
      setting: "account-key",
      isDecoded: true,
    });
  }

  #text(tree: TreeText, around: Around): void {
    const decoded =
      around.isEncoded || /-data$|^auth$|^\.dockerconfigjson$|^private_key$/.test(around.key)
        ? decodeBase64(tree.text)
        : undefined;
    const value = decoded ?? tree.text;
    const isEmpty = emptyKeys.test(around.key) && around.above !== "";
    const isPlural = /(secrets|tokens|passwords|keys|credentials)$/i.test(around.above) && !/s$/i.test(around.key);
    const name = isEmpty ? around.above : around.key;
    const meaning = isPlural ? around.above : isEmpty ? `${around.above} ${around.key}` : around.key;
    const isDecoded = this.#frame.isDecoded || decoded !== undefined || /[\\]/.test(this.#sourceOf(tree));
    this.#add(tree, { name, meaning, value, service: around.service, setting: around.setting, isDecoded });
    if (!/[\n={\s]/.test(value) && !value.startsWith("-")) {
      const inside = value.length > 100 ? decodeBase64(value) : undefined;
      if (inside !== undefined && /private_key|PRIVATE KEY/.test(inside)) this.#embed(tree, inside, around, true);
      return;
    }
    this.#embed(tree, value, around, isDecoded);
  }

  #embed(tree: TreeText, text: string, around: Around, isDecoded: boolean): void {
    const { span } = this.#frame;
    const start = this.#frame.position(tree.start);
    const frame: Frame = {
      text,
      service: around.service,
      isDecoded,
      depth: this.#frame.depth + 1,
      span: (from, to) => {
        const outer = span(tree.start, tree.end);
        return { ...outer, nest: [...outer.nest, [from, to]] };
      },
      position: (offset) =>
        tree.isBlock && !isDecoded
          ? { line: start.line + 1 + text.slice(0, offset).split("\n").length - 1, column: 1 }
          : start,
    };
    this.found.push(
      ...(text.includes("\n") || /^\s*[[{]/.test(text) ? this.#readFrame(frame, around.key) : readCommands(frame)),
    );
  }

  #sourceOf({ start, end }: TreeText): string {
    return this.#frame.text.slice(start, end);
  }

  #add(tree: TreeText, entry: Omit<Entry, "start" | "end" | "nest" | "position">): void {
    if (entry.value.trim() === "") return;
    this.found.push({
      ...entry,
      ...this.#frame.span(tree.start, tree.end),
      position: this.#frame.position(tree.start),
    });
  }
}

/** The service that an object describes. Secrets and ConfigMaps belong to nobody in particular. */
function serviceOf(map: TreeMap, kind: string): string | undefined {
  const id = /^projects\/[^/]+\/locations\/[^/]+\/(?:services|jobs)\/([^/]+)$/.exec(textAt(map, "name") ?? "")?.[1];
  if (id !== undefined && childAt(map, "template") !== undefined) return id;
  if (!/^(Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Pod|Service|Rollout)$/.test(kind)) return undefined;
  const metadata = childAt(map, "metadata");
  return metadata === undefined ? undefined : textAt(metadata, "name");
}

/** `env_file`: a path, or several, each as a text or as `{ path: … }`. docs: Compose file reference, env_file */
function envFilesOf(service: TextTree): readonly string[] {
  const given = childAt(service, "env_file");
  const items = given?.kind === "list" ? given.items : given === undefined ? [] : [given];
  return items.flatMap((item) => (item.kind === "text" ? item.text : (textAt(item, "path") ?? [])));
}

function isComposed(tree: TextTree): boolean {
  return ["image", "build", "environment", "env_file"].some((key) => childAt(tree, key) !== undefined);
}
