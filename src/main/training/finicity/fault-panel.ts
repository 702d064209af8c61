import {
  createFaultBoard as createBoard,
  type FaultBoardOf,
  type FaultCount,
  type FaultOrder,
  type FaultPanelOf,
} from "../shared/fault-board.ts";
import { errorShapes, type ErrorShape } from "./errors.ts";
import { finicityFaultKinds, type FaultKind } from "./fault-kinds.ts";
import { finicityRoutes, type FinicityRoute, type RouteIds } from "./routes.ts";

/** A fault to switch on; JSON-serialisable. */
export interface FaultSpec extends FaultOrder<FinicityRoute, FaultKind> {
  readonly match?: RouteIds;
  /** The field of a modification to ignore or alter. */
  readonly field?: string;
  /** The text to store instead. */
  readonly value?: string;
  /** The provider's code in the error body. */
  readonly code?: number;
  readonly message?: string;
  /** The form of the error body; the one of the format asked for when absent. */
  readonly shape?: ErrorShape;
  /** What a refusal carries: an error body, nothing, or a web page; the error body when absent. */
  readonly body?: "error" | "empty" | "html";
}

export type ActiveFault = FaultSpec & FaultCount;
export type FaultPanel = FaultPanelOf<FaultSpec>;
export type FaultBoard = FaultBoardOf<FinicityRoute, FaultSpec>;

function specFault(spec: FaultSpec): string | undefined {
  if (spec.shape !== undefined && !errorShapes.includes(spec.shape)) return "shape must be one of the error forms";
  if (spec.code !== undefined && !Number.isSafeInteger(spec.code)) return "code must be a whole number";
  if (spec.kind !== "ignore-field" && spec.kind !== "alter-field") return undefined;
  if (spec.field !== "number" && spec.field !== "name") return "field must be number or name";
  return spec.kind === "alter-field" && spec.value === undefined ? "value must be given" : undefined;
}

/** Creates an empty panel and the board that counts requests against it. */
export function createFaultBoard(): FaultBoard {
  const refreshes: readonly FinicityRoute[] = ["refresh.customer", "refresh.login"];
  return createBoard<FinicityRoute, FaultSpec>({
    texts: finicityFaultKinds,
    routesOf: {
      all: finicityRoutes,
      api: finicityRoutes.filter((route) => route !== "token"),
      writes: ["accounts.modify", "accounts.delete", "logins.delete", ...refreshes],
      updates: ["accounts.modify"],
      refreshes,
    },
    signIn: ["token"],
    specFault,
  });
}
