import { afterEach, expect, it } from "vitest";
import { memoryKeyring, workspaceBench } from "./fixture.ts";

const bench = workspaceBench(memoryKeyring(false));
afterEach(() => bench.dispose());

it("lets nobody wait for the wrong passphrases of another person", async () => {
  await bench.service.createTraining();
  const [first, second] = (await bench.service.state()).people;
  if (first === undefined || second === undefined) throw new Error("There are not two people.");
  for (let n = 1; n <= 6; n += 1) {
    await expect(bench.service.signIn(first.id, "wrong", "c")).rejects.toMatchObject({ code: "not-allowed" });
    bench.at.monotonic += n === 6 ? 0 : 1000;
  }
  const { people, trainingPassphrases } = await bench.service.state();
  expect(people.map(({ name, waitMs }) => [name, waitMs])).toEqual([
    ["Maya Lindqvist", 2000],
    ["Tomas Okafor", 0],
  ]);
  const published = trainingPassphrases.find(({ personId }) => personId === second.id)?.passphrase;
  await bench.service.signIn(second.id, published ?? "", "c");
  expect((await bench.service.state()).phase).toBe("open");
});
