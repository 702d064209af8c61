import { useRef } from "react";
import { failureSentence, useCall } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { ageText, Callout, counted, dateTimeText, Dialog, Empty, Loading, useFocusRescue, useNow } from "../../ui/index.ts";
import { ForgetMap } from "./forget-map.tsx";

export interface SavedMapsProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function MapList() {
  const maps = useCall("batches.savedMaps", {});
  const mayEdit = useMayEdit();
  const nowMs = useNow();
  const list = useRef<HTMLDivElement>(null);
  useFocusRescue(list, (maps.data ?? []).map(({ id }) => id).join(" "));
  if (maps.failure !== undefined) return <Callout tone="bad">{failureSentence(maps.failure)}</Callout>;
  if (maps.data === undefined) return <Loading>Reading the saved maps…</Loading>;
  return (
    <div ref={list}>
      <div className="saved-maps" data-pane tabIndex={-1}>
        {maps.data.length === 0 ? (
          <Empty title="No map is saved.">
            Name a map in the step Columns, and files with the same headings skip that step.
          </Empty>
        ) : (
          <table className="plain-table">
            <caption className="sr">Saved maps</caption>
            <thead>
              <tr>
                <th scope="col">Map</th>
                <th scope="col">Takes</th>
                <th scope="col">Last used</th>
                {mayEdit ? (
                  <th scope="col">
                    <span className="sr">Forget</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {maps.data.map((map) => (
                <tr key={map.id}>
                  <th scope="row">{map.name}</th>
                  <td>{counted(map.columns, "column")}</td>
                  <td title={dateTimeText(map.usedAtMs)}>{ageText(map.usedAtMs, nowMs)}</td>
                  {mayEdit ? (
                    <td className="end">
                      <ForgetMap map={map} label="Forget" />
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}

/** The maps kept for files whose headings were seen before; each can be forgotten. */
export function SavedMaps({ isOpen, onClose }: SavedMapsProps) {
  return (
    <Dialog title="Saved maps" isOpen={isOpen} onClose={onClose} wide>
      <MapList />
    </Dialog>
  );
}
