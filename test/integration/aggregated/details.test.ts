import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountDetail, type AccountDetail, type AccountId } from "../../../src/preload/contract/index.ts";
import { accountTypes, meaningOfCode } from "../../../src/preload/contract/rules/aggregation/index.ts";
import { accountCodes, loginCodes } from "../../../src/main/training/aggregator/index.ts";
import { loadedBench, type LoadedBench } from "./aggregated-bench.ts";

let loaded: LoadedBench;
const details = new Map<AccountId, AccountDetail>();

beforeAll(async () => {
  loaded = await loadedBench();
  for (const id of loaded.accounts.keys()) details.set(id, accountDetail.parse(loaded.bench.accounts.detail(id)));
}, 60_000);
afterAll(async () => {
  await loaded.bench.close();
});

const all = () =>
  [...loaded.accounts].map(([id, { stored, read }]) => {
    const detail = details.get(id);
    if (detail?.aggregatedDetail === undefined) throw new Error("An account has no details.");
    return { id, stored, read, detail, aggregated: detail.aggregatedDetail };
  });

/** The keys of a holding; a description that only repeats the security's name is that name. */
function saidOnce(position: Readonly<Record<string, unknown>>): string[] {
  const repeats = position["description"] === position["securityName"];
  return Object.keys(position).filter((key) => key !== "description" || !repeats);
}

describe("the details of every simulated account", () => {
  it("are there for all 36 types and those no document names, with the type in words", () => {
    const labels = new Set(all().map(({ aggregated }) => aggregated.typeLabel));
    const known = accountTypes.map(({ label }) => label);
    expect([...labels].toSorted()).toEqual([...known, "Escrow wallet", "Not known yet"].toSorted());
    expect(all().length).toBeGreaterThanOrEqual(400);
  });

  it("show every key that was sent, once, each position's included", () => {
    for (const { read, aggregated } of all()) {
      const shown = aggregated.groups.flatMap(({ fields }) => fields.map(({ key }) => key));
      expect(shown.toSorted()).toEqual(Object.keys(read.detail).toSorted());
      expect(aggregated.positions.rows.length).toBe(read.positions.length);
      for (const [index, position] of read.positions.entries()) {
        const row = aggregated.positions.rows[index] ?? [];
        const keys = aggregated.positions.columns.filter((_, column) => row[column] !== null).map(({ key }) => key);
        expect(keys.toSorted()).toEqual(saidOnce(position).toSorted());
      }
      const named = new Set(aggregated.record.map(({ key }) => key));
      for (const key of Object.keys(read.other)) expect(named).toContain(key);
    }
  });

  it("show each amount to the cent as the aggregator stores it", () => {
    for (const { stored, detail, aggregated } of all()) {
      const minor = Number((aggregated.balance?.text ?? "").replaceAll(",", "").replace("\u2212", "-").replace(".", ""));
      expect(minor).toBe(stored.balanceMinor);
      if (detail.currency !== undefined) expect(detail.ledgerMinor).toBe(stored.balanceMinor);
      const fields = aggregated.groups.flatMap(({ fields }) => fields);
      for (const { key, value } of fields.filter((field) => field.value.kind === "money")) {
        const sent = stored.detail?.[key];
        const exact = typeof sent === "object" ? sent.decimal : String(sent);
        expect(value.text.replaceAll(",", "").replace("\u2212", "-")).toBe(exact);
      }
    }
  });

  it("tell every aggregation state with its number, its meaning and who must act", () => {
    const seen = new Set<number>();
    for (const { stored, aggregated } of all()) {
      const code = stored.aggregationStatusCode;
      if (code === null) {
        expect(aggregated.status).toMatchObject({ act: "wait", category: "Not aggregated yet" });
        expect(aggregated.status.code).toBeUndefined();
      } else {
        seen.add(code);
        const { act, category, isConnectFix, meaning } = meaningOfCode(code);
        expect(aggregated.status).toMatchObject({ code, act, category, isConnectFix, meaning });
      }
      expect(aggregated.status.nextStep).not.toBe("");
    }
    expect([...seen].toSorted((a, b) => a - b)).toEqual(
      [...new Set([0, ...loginCodes, ...accountCodes])].toSorted((a, b) => a - b),
    );
  });

  it("keep the three dates apart, absent where the aggregator has none", () => {
    for (const { stored, aggregated } of all()) {
      const { balanceDateS, successDateS, attemptDateS } = aggregated.freshness;
      expect([balanceDateS ?? null, successDateS ?? null, attemptDateS ?? null]).toEqual([
        stored.balanceDateS,
        stored.aggregationSuccessDateS,
        stored.aggregationAttemptDateS,
      ]);
    }
    const later = all().filter(
      ({ stored }) => (stored.aggregationSuccessDateS ?? 0) > (stored.aggregationAttemptDateS ?? Infinity),
    );
    expect(later.length).toBeGreaterThan(0);
    for (const { aggregated } of later) expect(aggregated.status.act).toBe("nobody");
  });

  it("show student loans as a group and its accounts, from both ends", () => {
    const parents = all().filter(({ aggregated }) => aggregated.children.length > 0);
    expect(parents.length).toBeGreaterThan(0);
    for (const { id, aggregated } of parents) {
      expect(aggregated.typeLabel).toBe("Student loan group");
      for (const child of aggregated.children) {
        if (child.id === undefined) throw new Error("A child has no account.");
        expect(details.get(child.id)?.aggregatedDetail?.parent?.id).toBe(id);
      }
    }
    const children = all().filter(({ stored }) => stored.parentAccount !== null);
    expect(parents.flatMap(({ aggregated }) => aggregated.children)).toHaveLength(children.length);
  });

  it("hold no account number beyond its last four", () => {
    const said = JSON.stringify([...details.values()]);
    for (const { stored } of all()) expect(said).not.toContain(stored.number);
  });
});

describe("the list", () => {
  it("shows provider, type, state and dates of aggregated accounts, sorted by type in words", () => {
    const sort = { column: "type", direction: "ascending" } as const;
    const { rows } = loaded.bench.accounts.page({ sort, limit: 200 });
    expect(rows.every((row) => row.provider === "signzy" && row.type === row.aggregated?.typeLabel)).toBe(true);
    const types = rows.map((row) => (row.type ?? "").toLowerCase());
    expect(types).toEqual(types.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });
});
