/** One import, export-from, dynamic import or require of a source file. */
export type Import = {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
};

const statement =
  /(?<=^|[;\n}])\s*(?<keyword>import|export)\s+(?<clause>type\s+[^"';]*?|[^"'();]*?)\s*from\s*["'](?<from>[^"']+)["']/g;
const bare = /(?<=^|[;\n}])\s*import\s*["'](?<from>[^"']+)["']/g;
const dynamic = /\b(?:import|require)\s*\(\s*(?<argument>[^),]+)/g;

/** The source with comments blanked out, so that prose is not read as code. Strings stay. */
export function withoutComments(source: string): string {
  const token = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return source.replace(token, (all, string: string | undefined) => string ?? all.replace(/[^\n]/g, " "));
}

function isTypeClause(clause: string): boolean {
  if (/^type\s/.test(clause)) return true;
  const named = /^\{(?<names>[^}]*)\}$/.exec(clause.trim())?.groups?.["names"];
  if (named === undefined) return false;
  const names = named.split(",").map((name) => name.trim());
  return names.filter(Boolean).length > 0 && names.filter(Boolean).every((name) => /^type\s/.test(name));
}

/**
 * Every module a TypeScript source names. A dynamic import whose target is not a literal is reported with the
 * specifier `<computed>`, which no rule allows.
 */
export function scanImports(source: string): readonly Import[] {
  const code = withoutComments(source);
  const found: Import[] = [];
  for (const match of code.matchAll(statement)) {
    found.push({ specifier: match.groups?.["from"] ?? "", isTypeOnly: isTypeClause(match.groups?.["clause"] ?? "") });
  }
  for (const match of code.matchAll(bare)) {
    found.push({ specifier: match.groups?.["from"] ?? "", isTypeOnly: false });
  }
  for (const match of code.matchAll(dynamic)) {
    const literal = /^["'](?<from>[^"']+)["']\s*$/.exec(match.groups?.["argument"] ?? "")?.groups?.["from"];
    const isTypeOnly = /\btypeof\s+$/.test(code.slice(0, match.index));
    found.push({ specifier: literal ?? "<computed>", isTypeOnly });
  }
  return found;
}
