const EMITTER = /^(on|once|off|addListener|removeListener|removeAllListeners)$/;

/** Names that variables holding an Electron object go by, and what their members are called in the contract. */
const HOLDERS: readonly (readonly [RegExp, string])[] = [
  [/^(?:win|\w*[wW]indow)$/, "BrowserWindow#"],
  [/^(?:\w*[cC]ontents|sender)$/, "webContents."],
  [/^(?:\w*[sS]ession)$/, "session."],
  [/^(?:\w*[fF]rame)$/, "WebFrameMain#"],
  [/^(?:\w*[nN]otice|\w*[nN]otification)$/, "Notification#"],
  [/^safeStorage$/, "safeStorage."],
];

/** The Electron calls a source file makes, as the contract names them: of modules, then of objects; each once. */
export function electronUses(source: string): string[] {
  const text = source.replace(/\/\*[^]*?\*\/|(?<!:)\/\/.*$/gm, "").replace(/from\s+"\.[^"]*"/g, "");
  const imports = [
    ...text.matchAll(/import\s+(type\s+)?(?:\{([^}]*)\}|\* as (\w+)|(\w+))\s+from\s+"electron(?:\/main)?"/g),
  ];
  if (imports.length === 0) return [];
  const names = imports.flatMap(([, isType, list]) => (isType || list === undefined ? [] : list.split(",")));
  const uses: string[] = [];
  const add = (prefix: string, member: string, rest: string): void => {
    const event = EMITTER.test(member) ? /^\(\s*"([\w-]+)"/.exec(rest)?.[1] : undefined;
    if (event !== undefined) uses.push(`${prefix.slice(0, -1)} "${event}"`);
    else if (!EMITTER.test(member)) uses.push(prefix + member);
  };
  const modules = new Set<string>();
  for (const entry of names.map((name) => name.trim()).filter((name) => name !== "" && !name.startsWith("type "))) {
    const [imported = "", local = imported] = entry.split(/\s+as\s+/);
    modules.add(local);
    for (const use of text.matchAll(new RegExp(`(?<![\\w.])${local}\\s*\\??\\.(\\w+)(\\(\\s*"[\\w-]+")?`, "g"))) {
      add(`${imported}.`, use[1] ?? "", use[2] ?? "");
    }
  }
  for (const use of text.matchAll(/(\w+)(?=\??\.(\w+)(\(\s*"[\w-]+")?)/g)) {
    const [, holder = "", member = "", rest = ""] = use;
    const prefix = HOLDERS.find(([pattern]) => pattern.test(holder))?.[1];
    if (prefix !== undefined && !modules.has(holder)) add(prefix, member, rest);
  }
  return [...new Set(uses)];
}
