/** What is wrong with a query, in words: an unknown or repeated parameter. */
export function queryFault(query: URLSearchParams, known: readonly string[]): string | undefined {
  for (const name of query.keys()) {
    if (!known.includes(name)) return `unknown query parameter ${name.slice(0, 60)}`;
    if (query.getAll(name).length > 1) return `${name} is given twice`;
  }
  return undefined;
}
