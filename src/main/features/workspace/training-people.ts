import type { AppState, Person } from "@contract";

/**
 * The people of every training workspace. Their passphrases are published on its sign-in screen: they guard nothing.
 */
export const trainingPeople: readonly {
  readonly name: string;
  readonly role: Person["role"];
  readonly passphrase: string;
}[] = [
  { name: "Maya Lindqvist", role: "maker", passphrase: "harbour lantern quiet meadow" },
  { name: "Tomas Okafor", role: "administrator", passphrase: "granite willow copper ferry" },
];

/** What seals the training workspace's key where no keyring exists; published too. */
export const trainingUnlockPassphrase = "training workspace";
export const trainingUnlockCost = { n: 2 ** 14, r: 8, p: 1 } as const;
export const trainingName = "Training";

/** What the sign-in screen of a training workspace shows beside its people. */
export function publishedPassphrases(people: readonly Person[]): AppState["trainingPassphrases"] {
  return people.flatMap(({ id, name }) => {
    const published = trainingPeople.find((one) => one.name === name);
    return published === undefined ? [] : [{ personId: id, passphrase: published.passphrase }];
  });
}
