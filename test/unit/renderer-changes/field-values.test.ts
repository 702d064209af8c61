import type { KnownFields } from "@contract";
import { describe, expect, it } from "vitest";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import {
  isDirty,
  knownText,
  mayBeUnset,
  shownText,
  shownYesNo,
  tidyMoney,
} from "../../../src/renderer/features/changes/field-values.ts";
import { groupSource } from "../../../src/renderer/bridge/known-source.ts";
import {
  featureFault,
  featureObject,
  switchesOf,
  switchState,
  withSwitch,
} from "../../../src/renderer/features/changes/feature-switches.ts";
import { readCode, secTiles } from "../../../src/renderer/features/changes/sec-tiles.ts";

const known: KnownFields = {
  currency: { value: "USD", source: "provider-read", atMs: 9 },
  callbackLimit: { value: 1_000_000, source: "provider-read", atMs: 7 },
  enableWire: { value: "Yes", source: "provider-read", atMs: 8 },
  enableCallbacks: { value: false, source: "vostro-wrote", atMs: 1 },
};

describe("what a field shows", () => {
  it("shows money with separators and decimals, and what is typed exactly as typed", () => {
    expect(shownText("callbackLimit", known, {})).toBe("10,000.00");
    expect(shownText("callbackLimit", known, { callbackLimit: "2500" })).toBe("2500");
    expect(tidyMoney("2500", "USD")).toBe("2,500.00");
    expect(tidyMoney("2.500,00", "USD")).toBe("2.500,00");
    expect(knownText("debitExposureLimit", undefined, "USD")).toBe("");
  });

  it("shows Yes, No and flags alike, and offers Not set only while nothing is known", () => {
    expect(shownYesNo("enableWire", known, {})).toBe("yes");
    expect(shownYesNo("enableCallbacks", known, {})).toBe("no");
    expect(shownYesNo("enableCallbacks", known, { enableCallbacks: true })).toBe("yes");
    expect(shownYesNo("feeAccount", known, {})).toBe("unset");
    expect([mayBeUnset("enableWire", known), mayBeUnset("feeAccount", known)]).toEqual([false, true]);
  });

  it("marks a field changed when it differs or cannot be read, not when the same value is typed again", () => {
    const dirty = (callbackLimit: string) => {
      const { changes, issues } = checkUpdate({ known, proposed: { callbackLimit } });
      return isDirty("callbackLimit", { callbackLimit }, changes, issues);
    };
    expect([dirty("10000"), dirty("10001"), dirty("ten"), dirty("")]).toEqual([false, true, true, false]);
  });

  it("heads a group with its commonest source and oldest age", () => {
    expect(groupSource(["currency", "callbackLimit", "enableCallbacks"], known)).toMatchObject({
      source: "provider-read",
      atMs: 7,
    });
    expect(groupSource(["feeAccount"], known)).toBeUndefined();
  });
});

describe("SEC codes", () => {
  it("offers the originable codes and whatever else the account has", () => {
    const tiles = secTiles(["CCD", "ARC"], ["ARC", "WEB", "QQQ"], true);
    const of = (code: string) => tiles.find((tile) => tile.code === code);
    expect(tiles).toHaveLength(12);
    expect(of("WEB")).toMatchObject({ state: "added", isHighRisk: true, isOn: true });
    expect(of("CCD")).toMatchObject({ state: "removed", isOn: false });
    expect(of("ARC")).toMatchObject({ state: "same", isOn: true });
    expect(of("QQQ")).toMatchObject({ state: "added", name: "Unlisted code" });
  });

  it("reads a typed code in any case and refuses what is not one", () => {
    expect(readCode(" arc ")).toEqual({ ok: true, code: "ARC" });
    expect(readCode("AR").ok).toBe(false);
  });
});

describe("account features", () => {
  const text = '{"rfpSend":true,"limit":1.10,"rtpFeature":{"enableRtp":false,"x":null},"unknown":{"a":[1]}}';

  it("shows the documented switches, and a group's where the record has it", () => {
    const object = featureObject(text);
    expect(object && switchesOf(object).map((each) => each.key)).toEqual(["rfpSend", "rfpReceive", "enableRtp"]);
  });

  it("changes one switch and keeps every other key and number as written", () => {
    const object = featureObject(text);
    const [rfpSend, , rtp] = object === undefined ? [] : switchesOf(object);
    if (object === undefined || rfpSend === undefined || rtp === undefined)
      throw new Error("The switches are missing.");
    expect([switchState(object, rfpSend), switchState(object, rtp)]).toEqual(["yes", "no"]);
    const after = withSwitch(object, rtp, "yes");
    expect(after).toContain("1.10");
    expect(JSON.parse(after)).toEqual({
      rfpSend: true,
      limit: 1.1,
      rtpFeature: { enableRtp: true, x: null },
      unknown: { a: [1] },
    });
    expect(JSON.parse(withSwitch(object, rfpSend, "unset"))).not.toHaveProperty("rfpSend");
  });

  it("says what is wrong with text that is no object", () => {
    expect(featureFault('{"a":1')).toContain("not valid JSON");
    expect(featureFault("[1]")).toContain("JSON object");
    expect(featureFault('{"a":1,"a":2}')).toContain("twice");
    expect(featureFault("")).toBeUndefined();
  });
});
