import type { CallName, InputOf, topics } from "@contract";

export type Topic = (typeof topics)[number];

/** What an answer is kept under: feature, call, input. */
export function queryKey<N extends CallName>(name: N, input: InputOf<N>): readonly unknown[] {
  return [...name.split("."), input];
}

export const stateKey = ["workspace", "state"] as const;

/** Which answers a topic makes old: those of the feature of that name; `status` is one answer of the workspace. */
export function keyOfTopic(topic: Topic): readonly string[] {
  return topic === "status" ? ["workspace", "status"] : [topic];
}
