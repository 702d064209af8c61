import type { Person, PersonId } from "@contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../src/main/core/clock.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { createAuditService } from "../../../src/main/features/audit/service.ts";
import { createPeopleService, type PeopleService } from "../../../src/main/features/people/service.ts";
import { scratchFile } from "../../support/scratch-store.ts";

let scratch: ReturnType<typeof scratchFile>;
let people: PeopleService;
let ada: Person;
const passphrase = "quiet harbour lantern meadow";

beforeEach(async () => {
  scratch = scratchFile();
  const audit = createAuditService({ store: scratch.store, clock: systemClock });
  people = createPeopleService({
    store: scratch.store,
    audit: audit.trail,
    clock: systemClock,
    cost: { n: 2 ** 12, r: 8, p: 1 },
  });
  ada = await people.add({ name: "Ada", role: "administrator", passphrase }, { correlationId: "c" });
});
afterEach(() => scratch.dispose());

describe("people of a workspace", () => {
  it("keep no passphrase in the file, only a salted scrypt hash with its cost", () => {
    const row = scratch.store.read.get<Record<string, unknown>>(sql`SELECT * FROM work_people`);
    expect(row).toMatchObject({ scrypt_n: 4096, scrypt_r: 8, scrypt_p: 1 });
    expect(JSON.stringify(row)).not.toContain("harbour");
    expect(row?.["hash"]).toHaveLength(32);
  });

  it("are refused under a taken name or with a weak passphrase", async () => {
    const add = (name: string, words: string) =>
      people.add({ name, role: "maker", passphrase: words }, { by: ada, correlationId: "c" });
    await expect(add(" ada ", passphrase)).rejects.toMatchObject({
      code: "input-invalid",
      details: { fields: [{ path: "name" }] },
    });
    await expect(add("Bo", "password")).rejects.toMatchObject({ details: { fields: [{ path: "passphrase" }] } });
    expect(people.list()).toHaveLength(1);
  });

  it("sign in with the same words typed in another Unicode form", async () => {
    const name = await people.add(
      { name: "Zoë", role: "maker", passphrase: "café lantern meadow river" },
      { correlationId: "c" },
    );
    await expect(
      people.authenticate(name.id, "cafe\u0301 lantern meadow river", "person.signed-in", "c"),
    ).resolves.toEqual(name);
  });

  it("cannot sign in once disabled, and nobody disables themself or the last administrator", async () => {
    const bo = await people.add({ name: "Bo", role: "maker", passphrase }, { by: ada, correlationId: "c" });
    people.setDisabled(bo.id, true, { by: ada, correlationId: "c" });
    await expect(people.authenticate(bo.id, passphrase, "person.signed-in", "c")).rejects.toMatchObject({
      code: "not-allowed",
    });
    expect(() => people.setDisabled(ada.id, true, { by: ada, correlationId: "c" })).toThrow(/cannot disable yourself/u);
    expect(() => people.setDisabled(ada.id, true, { by: bo, correlationId: "c" })).toThrow(/last administrator/u);
    people.setDisabled(bo.id, false, { by: ada, correlationId: "c" });
    await expect(people.authenticate(bo.id, passphrase, "person.signed-in", "c")).resolves.toEqual(bo);
  });

  it("change their passphrase only with the present one", async () => {
    const act = { by: ada, correlationId: "c" };
    const next = "copper ferry willow granite";
    await expect(people.changePassphrase(ada.id, "wrong", next, act)).rejects.toMatchObject({ code: "not-allowed" });
    await expect(people.changePassphrase(ada.id, passphrase, "short", act)).rejects.toMatchObject({
      details: { fields: [{ path: "next" }] },
    });
    await people.changePassphrase(ada.id, passphrase, next, act);
    await expect(people.authenticate(ada.id, passphrase, "person.signed-in", "c")).rejects.toMatchObject({
      code: "not-allowed",
    });
    await expect(people.authenticate(ada.id, next, "person.signed-in", "c")).resolves.toEqual(ada);
  });

  it("are not found under a number nobody has", async () => {
    await expect(people.authenticate(99 as PersonId, passphrase, "person.signed-in", "c")).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
