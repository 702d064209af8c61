import type { AccountDetail, ChangeDetail, FieldChange, FinzlyFieldName, KnownFields, ProposedFields, RuleIssue } from "@contract";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import type { Draft } from "./draft-form.ts";
import { draftLimits } from "./draft-limits.ts";
import { gravestRisk, sheetLines, type SheetLine } from "./sheet-lines.ts";

/** Stands in the rules' view for a masked number that main holds and this side does not. */
const heldNumber = "HELD0000";
const evidenceCodes: ReadonlySet<string> = new Set(["FZ-HIGH-RISK-REASON", "FZ-HIGH-RISK-AUTHORISATION", "FZ-NO-CHANGE"]);

export interface CheckedDraft {
  readonly changes: readonly FieldChange[];
  readonly lines: readonly SheetLine[];
  /** What to show beside fields now: evidence is asked for only once a person has tried to send. */
  readonly issues: readonly RuleIssue[];
  /** Everything that blocks sending. */
  readonly blocking: readonly RuleIssue[];
  readonly risk: FieldChange["risk"];
  readonly currency: string;
  /** How many fields of the provider's body it fills, the reason among them. */
  readonly providerFields: number;
}

export interface CheckDraftInput {
  readonly account: Pick<AccountDetail, "known" | "customerSecCodes" | "last4" | "provider">;
  readonly draft: Draft;
  /** The change as main last answered: it alone knows the masked numbers it holds. */
  readonly saved: ChangeDetail | undefined;
  readonly hasTriedToSend: boolean;
}

function keptChange(change: FieldChange, draft: Draft, saved: ChangeDetail | undefined): FieldChange {
  const ending = draft.kept[change.field];
  if (ending === undefined) return change;
  return saved?.changes.find((each) => each.field === change.field) ?? { ...change, to: ending };
}

/** The rules' judgement of what is typed, with the numbers main holds counted in. */
export function checkDraft({ account, draft, saved, hasTriedToSend }: CheckDraftInput): CheckedDraft {
  const kept = Object.keys(draft.kept) as FinzlyFieldName[];
  const held: ProposedFields = Object.fromEntries(kept.map((field) => [field, heldNumber]));
  const known: KnownFields = account.known;
  const checked = checkUpdate({
    known,
    proposed: { ...draft.proposed, ...held },
    authorisationRef: draft.authorisationRef,
    customerSecCodes: account.customerSecCodes,
    finicity: account.provider === "finicity" ? { shownNumbers: [account.last4 ?? ""] } : undefined,
    requireEvidence: true,
  });
  const heldIssues = (saved?.issues ?? []).filter((issue) => kept.some((field) => field === issue.path));
  const judged = [...checked.issues, ...heldIssues];
  const isFaulty = (path: RuleIssue["path"]) => judged.some((issue) => issue.path === path && issue.severity === "error");
  const all = [...judged, ...draftLimits(draft).filter((issue) => !isFaulty(issue.path))];
  const changes = checked.changes.map((change) => keptChange(change, draft, saved));
  const issues = all.filter((issue) => hasTriedToSend || !evidenceCodes.has(issue.code));
  return {
    changes,
    lines: sheetLines({ known, changes, issues, currency: checked.currency, provider: account.provider }),
    issues,
    blocking: all.filter((issue) => issue.severity === "error"),
    risk: gravestRisk(changes),
    currency: checked.currency,
    providerFields: Object.keys(checked.update).length,
  };
}

/** Everything the editor's parts need; one object, made by the editor and passed down. */
export interface EditorModel {
  readonly account: AccountDetail;
  readonly known: KnownFields;
  readonly draft: Draft;
  readonly checked: CheckedDraft;
  edit(key: string, change: (draft: Draft) => Draft, options?: { step?: boolean }): void;
  setTyping(field: FinzlyFieldName | undefined): void;
}
