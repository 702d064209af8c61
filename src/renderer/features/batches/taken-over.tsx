import type { BatchDetail } from "@contract";
import { Callout, counted, Empty, Link } from "../../ui/index.ts";

function Parent({ batch }: { readonly batch: BatchDetail }) {
  const { parent } = batch;
  return parent === undefined ? "another batch" : <Link to={`/import/${String(parent.id)}`}>{parent.name}</Link>;
}

/** Where rows come from that no file was read for. */
export function TakenOver({ batch }: { readonly batch: BatchDetail }) {
  return (
    <Callout>
      {counted(batch.rows, "row")} of <Parent batch={batch} /> {batch.rows === 1 ? "that was" : "that were"} not accepted,
      cells and row numbers as they stood there. No file is read again.
    </Callout>
  );
}

/** Rows of another batch, or of chosen accounts, that could not be gathered. */
export function NotTakenOver({ batch }: { readonly batch: BatchDetail }) {
  return (
    <Empty title="The rows could not be taken over.">
      {batch.message ?? "Vostro could not gather them."} Nothing was changed.{" "}
      {batch.parent === undefined ? null : (
        <>
          They are still in <Parent batch={batch} />.
        </>
      )}
    </Empty>
  );
}
