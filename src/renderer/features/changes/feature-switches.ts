import { parseJsonText, writeJson, type JsonNode } from "@contract/rules/json-text.ts";

/** A switch of `accountFeatures` the app knows by name; `group` is the object it sits in, if any. */
export interface FeatureSwitch {
  readonly key: string;
  readonly group: string | undefined;
  readonly label: string;
}

const topLevel: readonly FeatureSwitch[] = [
  { key: "rfpSend", group: undefined, label: "Send requests for payment" },
  { key: "rfpReceive", group: undefined, label: "Receive requests for payment" },
];

const grouped: readonly FeatureSwitch[] = [
  { group: "fedNowFeature", key: "enableFedNow", label: "FedNow" },
  { group: "fedNowFeature", key: "fednowReceiveOnly", label: "FedNow, receive only" },
  { group: "fedNowFeature", key: "fednowSendOrReceive", label: "FedNow, send or receive" },
  { group: "fedNowFeature", key: "fednowRfpSend", label: "FedNow, send requests" },
  { group: "fedNowFeature", key: "fednowRfpReceive", label: "FedNow, receive requests" },
  { group: "rtpFeature", key: "enableRtp", label: "RTP" },
  { group: "rtpFeature", key: "rtpReceiveOnly", label: "RTP, receive only" },
  { group: "rtpFeature", key: "rtpSendOrReceive", label: "RTP, send or receive" },
  { group: "rtpFeature", key: "rtpRfpSend", label: "RTP, send requests" },
  { group: "rtpFeature", key: "rtpRfpReceive", label: "RTP, receive requests" },
];

type JsonObject = Extract<JsonNode, { kind: "object" }>;

const emptyObject: JsonObject = { kind: "object", entries: [] };

/** The object a text holds; an empty text is an empty object; undefined when it is not an object. */
export function featureObject(text: string): JsonObject | undefined {
  if (text.trim() === "") return emptyObject;
  const parsed = parseJsonText(text);
  return parsed.ok && parsed.node.kind === "object" ? parsed.node : undefined;
}

/** Why the text cannot be sent, in words; undefined when it can. */
export function featureFault(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  const parsed = parseJsonText(text);
  if (!parsed.ok) return parsed.message;
  return parsed.node.kind === "object" ? undefined : "Account features must be a JSON object: { … }.";
}

function child(object: JsonObject, key: string): JsonNode | undefined {
  return object.entries.find(([name]) => name === key)?.[1];
}

/** The switches to show: the two documented ones, and those of the FedNow and RTP groups where the record has them. */
export function switchesOf(object: JsonObject): readonly FeatureSwitch[] {
  return [...topLevel, ...grouped.filter(({ group = "", key }) => {
    const part = child(object, group);
    return part?.kind === "object" && child(part, key)?.kind === "word";
  })];
}

export function switchState(object: JsonObject, { group, key }: FeatureSwitch): "yes" | "no" | "unset" {
  const holder = group === undefined ? object : child(object, group);
  const value = holder?.kind === "object" ? child(holder, key) : undefined;
  if (value?.kind !== "word" || value.word === "null") return "unset";
  return value.word === "true" ? "yes" : "no";
}

function withEntry(object: JsonObject, key: string, value: JsonNode | undefined): JsonObject {
  if (value === undefined) return { kind: "object", entries: object.entries.filter(([name]) => name !== key) };
  const has = child(object, key) !== undefined;
  const entries = object.entries.map((entry) => (entry[0] === key ? ([key, value] as const) : entry));
  return { kind: "object", entries: has ? entries : [...object.entries, [key, value]] };
}

/** The object with one switch set or taken out; every other key stays as it was written. */
export function withSwitch(object: JsonObject, { group, key }: FeatureSwitch, state: "yes" | "no" | "unset"): string {
  const word: JsonNode | undefined = state === "unset" ? undefined : { kind: "word", word: state === "yes" ? "true" : "false" };
  if (group === undefined) return prettyFeatures(withEntry(object, key, word));
  const part = child(object, group);
  const holder = part?.kind === "object" ? part : emptyObject;
  return prettyFeatures(withEntry(object, group, withEntry(holder, key, word)));
}

export function prettyFeatures(object: JsonObject): string {
  return object.entries.length === 0 ? "" : writeJson(object, "  ");
}
