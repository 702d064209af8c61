/** JSON text as lines a person reads; text that is not JSON stays as it is. */
export function jsonLines(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

export interface ComparedFact {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly isChanged: boolean;
}

function facts(text: string | undefined): ReadonlyMap<string, string> | undefined {
  if (text === undefined) return new Map();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return new Map(
      Object.entries(value).map(([name, one]) => [name, typeof one === "string" ? one : JSON.stringify(one)]),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Before and after field by field; undefined when either is not a JSON object. */
export function comparedFacts(
  before: string | undefined,
  after: string | undefined,
): readonly ComparedFact[] | undefined {
  const was = facts(before);
  const is = facts(after);
  if (was === undefined || is === undefined) return undefined;
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => {
    const [from, to] = [was.get(name), is.get(name)];
    return { name, before: from, after: to, isChanged: from !== to };
  });
}
