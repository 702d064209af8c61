export const suites = ["unit", "integration", "architecture", "e2e"] as const;
export const checks = ["build", "typecheck", "lint"] as const;
export type Suite = (typeof suites)[number];
export type Check = (typeof checks)[number];

export type Selection = {
  readonly checks: readonly Check[];
  readonly suites: readonly Suite[];
  readonly filters: readonly string[];
};

/**
 * What `npm test -- …` asks for: names of suites or checks choose them (all without one), every other word is a filter
 * on test files. The build belongs to any selection whose suites look at the bundles.
 */
export function selectTests(args: readonly string[]): Selection {
  const isCheck = (word: string) => checks.some((check) => check === word);
  const isSuite = (word: string) => suites.some((suite) => suite === word);
  const filters = args.filter((word) => !isCheck(word) && !isSuite(word));
  const named = args.filter((word) => isCheck(word) || isSuite(word));
  if (named.length === 0) {
    return { checks: filters.length === 0 ? checks : ["build"], suites, filters };
  }
  const chosenSuites = suites.filter((suite) => named.includes(suite));
  const needsBuild = chosenSuites.some((suite) => suite !== "unit");
  return {
    checks: checks.filter((check) => named.includes(check) || (check === "build" && needsBuild)),
    suites: chosenSuites,
    filters,
  };
}
