import type { ShownValueOut } from "@contract";
import { classNames, DateTime, NotSet } from "../../ui/index.ts";

/** A value an aggregator sent, as its unit is shown. */
export function Shown({ value }: { readonly value: ShownValueOut | null | undefined }) {
  if (value === null || value === undefined) return <NotSet />;
  if (value.atMs !== undefined) return <DateTime atMs={value.atMs} />;
  if (value.text === "") return <NotSet spoken="sent empty" />;
  if (value.kind === "id") return <span className="id">{value.text}</span>;
  if (value.kind === "text") return <bdi>{value.text}</bdi>;
  return <span className={classNames("amount", value.isNegative === true && "neg")}>{value.text}</span>;
}
