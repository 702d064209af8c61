import { createFaultBoard as createBoard, type FaultBoardOf, type FaultCount } from "../shared/fault-board.ts";
import type { FaultOrder, FaultPanelOf } from "../shared/fault-board.ts";
import { finzlyFaultKinds, type FaultKind } from "./fault-kinds.ts";
import type { Json } from "./records.ts";
import { finzlyRoutes, type FinzlyRoute } from "./routes.ts";
import { isUpdateField } from "./update-fields.ts";
import { readField } from "./validate-update.ts";

/** A fault to switch on; JSON-serialisable. */
export interface FaultSpec extends FaultOrder<FinzlyRoute, FaultKind> {
  readonly match?: { readonly accountUID?: string };
  /** The wire name of the update field to ignore or alter. */
  readonly field?: string;
  /** The wire value to store instead. */
  readonly value?: Json;
  readonly code?: string;
  readonly message?: string;
  /** What a refusal carries: the JSON envelope, nothing, or a web page; the envelope when absent. */
  readonly body?: "json" | "empty" | "html";
}

export type ActiveFault = FaultSpec & FaultCount;
export type FaultPanel = FaultPanelOf<FaultSpec>;
export type FaultBoard = FaultBoardOf<FinzlyRoute, FaultSpec>;

function fieldFault(spec: FaultSpec): string | undefined {
  if (spec.kind !== "ignore-field" && spec.kind !== "alter-field") return undefined;
  if (spec.field === undefined || !isUpdateField(spec.field)) return "field must name a field of the update";
  if (spec.kind === "ignore-field") return undefined;
  if (spec.value === undefined) return "value must be given";
  const read = readField(spec.field, JSON.stringify(spec.value));
  return typeof read === "string" ? read : undefined;
}

/** Creates an empty panel and the board that counts requests against it. */
export function createFaultBoard(): FaultBoard {
  return createBoard<FinzlyRoute, FaultSpec>({
    texts: finzlyFaultKinds,
    routesOf: {
      all: finzlyRoutes,
      api: finzlyRoutes.filter((route) => route !== "token"),
      writes: ["accounts.update", "accounts.delete"],
      updates: ["accounts.update"],
    },
    signIn: ["token"],
    specFault: fieldFault,
  });
}
