import type { Person } from "@contract";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { failureWords, useCall, useCommand } from "../../bridge/index.ts";
import { Button, ConfirmDialog, DateTime, FailureBanner, Loading, Tag, useAnnounce } from "../../ui/index.ts";
import { AddPersonDialog } from "./add-person-dialog.tsx";
import { ChangePassphraseDialog } from "./change-passphrase-dialog.tsx";
import "./people.css";

export interface PeopleSectionProps {
  readonly person: Person | undefined;
}

/** Settings, People: who signs in here, with which role. */
export function PeopleSection({ person }: PeopleSectionProps) {
  const list = useCall("people.list", {});
  const setDisabled = useCommand("people.setDisabled");
  const announce = useAnnounce();
  const [dialog, setDialog] = useState<"add" | "passphrase">();
  const [leaving, setLeaving] = useState<Person>();
  const isAdministrator = person?.role === "administrator";
  const turn = async (who: Person, disabled: boolean) => {
    const result = await setDisabled.run({ personId: who.id, disabled });
    setLeaving(undefined);
    if (result.ok) announce(disabled ? `${who.name} cannot sign in any more.` : `${who.name} can sign in again.`);
  };
  const failure = list.failure ?? setDisabled.failure;
  return (
    <div className="prose">
      {failure === undefined ? null : <FailureBanner words={failureWords(failure)} onRetry={list.readAgain} />}
      <div className="acts">
        {isAdministrator ? (
          <Button variant="primary" icon={UserPlus} onPress={() => setDialog("add")}>
            Add a person
          </Button>
        ) : (
          <p className="soft">Only an administrator adds people.</p>
        )}
        <Button onPress={() => setDialog("passphrase")}>Change my passphrase</Button>
      </div>
      {list.data === undefined ? (
        <Loading />
      ) : (
        <table className="people-table">
          <thead>
            <tr>
              <th>Name</th>
              <th>Role</th>
              <th>Since</th>
              <th>Can sign in</th>
              <th>
                <span className="sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.data.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {one.name}
                  {one.id === person?.id ? <span className="muted"> (you)</span> : null}
                </th>
                <td>
                  <Tag>{one.role}</Tag>
                </td>
                <td>
                  <DateTime atMs={one.createdAtMs} />
                </td>
                <td>{one.disabled ? "No" : "Yes"}</td>
                <td>
                  {!isAdministrator || one.id === person?.id ? null : one.disabled ? (
                    <Button size="sm" onPress={() => void turn(one, false)}>
                      Let {one.name} sign in again
                    </Button>
                  ) : (
                    <Button size="sm" onPress={() => setLeaving(one)}>
                      Disable {one.name}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <AddPersonDialog isOpen={dialog === "add"} onClose={() => setDialog(undefined)} />
      <ChangePassphraseDialog isOpen={dialog === "passphrase"} onClose={() => setDialog(undefined)} />
      <ConfirmDialog
        title={`Disable ${leaving?.name ?? ""}?`}
        isOpen={leaving !== undefined}
        confirmLabel={`Disable ${leaving?.name ?? ""}`}
        danger
        highRisk
        isPending={setDisabled.isRunning}
        onConfirm={() => (leaving === undefined ? undefined : void turn(leaving, true))}
        onCancel={() => setLeaving(undefined)}
      >
        <p>They cannot sign in to this workspace any more. Their drafts, changes and rows in the log stay.</p>
      </ConfirmDialog>
    </div>
  );
}
