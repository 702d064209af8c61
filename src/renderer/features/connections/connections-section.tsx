import type { Connection, Person } from "@contract";
import { Plus } from "lucide-react";
import { useState } from "react";
import { failureWords, useCall } from "../../bridge/index.ts";
import { Button, Empty, FailureBanner, Loading } from "../../ui/index.ts";
import { ConnectionCard } from "./connection-card.tsx";
import { ConnectionForm } from "./connection-form.tsx";
import "./connections.css";

export interface ConnectionsSectionProps {
  readonly person: Person | undefined;
}

/** Settings, Connections: the list, or the form of one. */
export function ConnectionsSection({ person }: ConnectionsSectionProps) {
  const list = useCall("connections.list", {});
  const [editing, setEditing] = useState<{ readonly saved: Connection | undefined }>();
  const isAdministrator = person?.role === "administrator";
  const close = () => setEditing(undefined);
  if (editing !== undefined) return <ConnectionForm saved={editing.saved} onSaved={close} onCancel={close} />;
  if (list.failure !== undefined) return <FailureBanner words={failureWords(list.failure)} onRetry={list.readAgain} />;
  if (list.data === undefined) return <Loading />;
  const add = isAdministrator ? (
    <Button variant="primary" icon={Plus} onPress={() => setEditing({ saved: undefined })}>
      Add a connection
    </Button>
  ) : null;
  return (
    <div className="prose">
      <div className="acts">
        {add ?? <p className="soft">Only an administrator adds, edits or removes connections.</p>}
      </div>
      {list.data.length === 0 ? (
        <Empty title="No connections yet.">Vostro reaches a provider through a connection.</Empty>
      ) : null}
      {list.data.map((connection) => (
        <ConnectionCard
          key={connection.id}
          connection={connection}
          person={person}
          onEdit={() => setEditing({ saved: connection })}
        />
      ))}
    </div>
  );
}
