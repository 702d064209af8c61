import type {
  ChangeDetail,
  ChangeRow,
  Connection,
  FieldValue,
  FinzlyFieldName,
  FinzlyUpdate,
  ProposedFields,
  ProviderKind,
  Settings,
} from "@contract";
import { aggregatorBody, modificationOf, modificationPath } from "@contract/rules/aggregation/modification.ts";
import { deletionRisk } from "@contract/rules/aggregation/deletion.ts";
import { encodeUpdate } from "@contract/rules/finzly-encode.ts";
import { finzlyFields, lastFour } from "@contract/rules/finzly-fields.ts";
import { needsSecondPerson } from "@contract/rules/risk.ts";
import type { Reader } from "../../database/sql.ts";
import type { StoredAccount } from "../accounts/account-access.ts";
import type { ChangeRecord } from "./change-record.ts";
import { checkProposal } from "./sheet.ts";
import { attemptsOf, eventsOf } from "./store.ts";

/** What a list line needs besides the change itself; the account may be gone from the cache. */
export interface ChangeSurroundings {
  readonly account: StoredAccount | undefined;
  readonly connection: Connection | undefined;
  /** Where the change goes, also once its connection is removed. */
  readonly provider: ProviderKind;
}

export function toRow(change: ChangeRecord, surroundings: ChangeSurroundings): ChangeRow {
  const { account, connection } = surroundings;
  return {
    id: change.id,
    kind: change.kind,
    accountId: change.accountId,
    accountName: account?.accountName ?? `Account ${change.accountUid}`,
    last4: account?.last4,
    customerName: account?.customerName ?? change.customerUid,
    customerUid: change.customerUid,
    accountUid: change.accountUid,
    connectionName: connection?.name ?? "a removed connection",
    provider: surroundings.provider,
    environment: connection?.environment ?? "production",
    state: change.state,
    summary: change.summary,
    fieldCount: change.fields.length,
    risk: change.risk,
    madeBy: change.madeBy.name,
    updatedAtMs: change.updatedAtMs,
    message: change.message,
  };
}

const maskedFields = (Object.keys(finzlyFields) as FinzlyFieldName[]).filter((field) => finzlyFields[field].masked);

function withoutMasked(proposed: ProposedFields): ProposedFields {
  return Object.fromEntries(
    Object.entries(proposed).filter(([field]) => !finzlyFields[field as FinzlyFieldName].masked),
  ) as ProposedFields;
}

/** A value fit to leave main: of a masked field at most the last four characters. */
export function maskValue<T extends FieldValue | undefined>(field: FinzlyFieldName, value: T): T | string {
  return finzlyFields[field].masked && typeof value === "string" ? lastFour(value) : value;
}

function maskedProposals(proposed: ProposedFields): Partial<Record<FinzlyFieldName, string>> {
  return Object.fromEntries(
    maskedFields.flatMap((field) => {
      const value = proposed[field];
      return typeof value === "string" && value !== "" ? [[field, lastFour(value)]] : [];
    }),
  );
}

/** The request as it will be (or was) sent, with account numbers masked for the screen. */
function requestOf(
  change: ChangeRecord,
  update: FinzlyUpdate,
  currency: string,
  surroundings: ChangeSurroundings,
): ChangeDetail["request"] {
  const { connection } = surroundings;
  if (change.kind === "delete")
    return { method: "DELETE", path: modificationPath(change.customerUid, change.accountUid), body: "" };
  if (surroundings.provider === "finicity") {
    const wire = connection?.provider === "finicity" ? connection.wire : "json";
    return {
      method: "PUT",
      path: modificationPath(change.customerUid, change.accountUid),
      body: aggregatorBody(wire, "account", modificationOf(update, { mask: true }), { pretty: true }),
    };
  }
  return {
    method: "PUT",
    path: `/v2/customers/${change.customerUid}/accounts/${change.accountUid}`,
    body: encodeUpdate(update, currency, { mask: true, pretty: true }),
  };
}

const deletionAsChecked = ({ currency }: ChangeRecord) => ({
  update: {},
  changes: [],
  issues: [],
  risk: deletionRisk,
  currency,
});

/** Everything a person may see of a change; full account numbers stay in main. */
export function toDetail(
  reader: Reader,
  change: ChangeRecord,
  surroundings: ChangeSurroundings,
  policy: Settings["secondPerson"],
): ChangeDetail {
  const { account, connection } = surroundings;
  const checked = change.kind === "delete" ? deletionAsChecked(change) : checkProposal({
    known: change.base,
    proposed: change.proposed,
    authorisationRef: change.authorisationRef,
    customerSecCodes: account?.customerSecCodes,
    finicity: account?.finicity,
    requireEvidence: true,
  });
  const shown = change.state === "draft" ? checked : change;
  return {
    ...toRow(change, surroundings),
    revision: change.revision,
    proposed: withoutMasked(change.proposed),
    maskedProposed: maskedProposals(change.proposed),
    reasonCategory: change.reasonCategory,
    authorisationRef: change.authorisationRef,
    changes: checked.changes,
    issues: checked.issues,
    riskReason: checked.risk.reason,
    needsSecondPerson: needsSecondPerson(policy, checked.risk),
    request: requestOf(change, shown.update, shown.currency, surroundings),
    attempts: attemptsOf(reader, change.id),
    conflict: [...change.conflict],
    verification: [...change.verification],
    verifiedAtMs: change.verifiedAtMs,
    providerCode: change.providerCode,
    providerMessage: change.providerMessage,
    settleAtMs: change.settleAtMs,
    settlement: change.settlement,
    compareFirst: change.compareFirst,
    canReadBack: connection?.canRead ?? false,
    createdAtMs: change.createdAtMs,
    sentBy: change.sentBy,
    sentAtMs: change.sentAtMs,
    approvedBy: change.approvedBy,
    approvedAtMs: change.approvedAtMs,
    history: eventsOf(reader, change.id),
  };
}
