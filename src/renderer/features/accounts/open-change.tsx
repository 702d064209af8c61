import type { AccountDetail } from "@contract";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { useCall } from "../../bridge/index.ts";
import { classNames, counted, Link, stateLooks, StatusWord } from "../../ui/index.ts";

const tones: ReadonlySet<string> = new Set(["warn", "bad", "unknown"]);

/** The change of an account that is not finished, and the way to it. */
export function OpenChange({ change }: { readonly change: NonNullable<AccountDetail["change"]> }) {
  const { data: detail } = useCall("changes.detail", { id: change.id });
  const { tone } = stateLooks[change.state];
  const fields = change.fields.filter((field) => field !== "reason").map((field) => finzlyFields[field].label);
  const changed = `${counted(fields.length, "field")}: ${fields.join(", ")}.`;
  const ofUpdate = fields.length === 0 ? "Nothing changed yet." : changed;
  const what = change.kind === "delete" ? "Deletion at the provider." : ofUpdate;
  return (
    <section className={classNames("pendcard", tones.has(tone) && tone)} aria-label="Open change">
      <div className="row">
        <StatusWord state={change.state} />
        <Link to={`/outbox/${String(change.id)}`}>Open change</Link>
      </div>
      <p>{what}</p>
      {detail?.message === undefined ? null : <p>{detail.message}</p>}
    </section>
  );
}
