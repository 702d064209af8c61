import type { Authority, Person } from "@contract";
import { FileKey2 } from "lucide-react";
import { useState } from "react";
import { failureWords, useCall, useCommand } from "../../bridge/index.ts";
import {
  Button,
  ConfirmDialog,
  DateTime,
  FailureBanner,
  Loading,
  useAnnounce,
  useNow,
  WarningMessage,
} from "../../ui/index.ts";
import "./network.css";

export interface NetworkSectionProps {
  readonly person: Person | undefined;
}

function AuthorityLine({ authority, nowMs }: { readonly authority: Authority; readonly nowMs: number }) {
  return (
    <tr>
      <th scope="row">
        {authority.subject}
        <div className="id small muted">
          SHA-256 {authority.fingerprint.slice(0, 48)}
          <wbr />
          {authority.fingerprint.slice(48)}
        </div>
      </th>
      <td>{authority.issuer}</td>
      <td>
        <DateTime atMs={authority.expiresAtMs} />
        {authority.expiresAtMs <= nowMs ? <WarningMessage>It has run out.</WarningMessage> : null}
      </td>
    </tr>
  );
}

/** Settings, Network: whom the connections trust beside the authorities of this computer. */
export function NetworkSection({ person }: NetworkSectionProps) {
  const found = useCall("network.authorities", {});
  const choose = useCommand("network.chooseAuthorities");
  const remove = useCommand("network.removeAuthorities");
  const announce = useAnnounce();
  const nowMs = useNow(60_000);
  const [asks, setAsks] = useState(false);
  const mayChange = person?.role === "administrator";
  const file = found.data?.file;
  const failure = found.failure ?? choose.failure ?? remove.failure;
  const pick = async () => {
    const result = await choose.run({});
    const isNew = result.ok && result.value.file?.addedAtMs !== file?.addedAtMs;
    if (isNew) announce("The file's authorities are trusted now.");
  };
  const forget = async () => {
    const result = await remove.run({});
    setAsks(false);
    if (result.ok) announce("The file's authorities are no longer trusted.");
  };
  return (
    <div className="prose">
      <p>
        Connections take the proxy this computer is set to and trust the authorities this computer trusts. Where your
        company checks traffic with an authority of its own that is not among them, add its file here. A certificate
        nobody vouches for is refused, always.
      </p>
      {failure === undefined ? null : <FailureBanner words={failureWords(failure)} onRetry={found.readAgain} />}
      {found.data === undefined ? <Loading /> : null}
      {found.data !== undefined && file === undefined ? <p className="soft">No file was added.</p> : null}
      {file === undefined ? null : (
        <>
          <p>
            <b className="strong">{file.name}</b>, added by {file.addedBy}, <DateTime atMs={file.addedAtMs} />
          </p>
          <table className="authority-table">
            <thead>
              <tr>
                <th>Authority</th>
                <th>Issued by</th>
                <th>Valid until</th>
              </tr>
            </thead>
            <tbody>
              {found.data?.authorities.map((one) => (
                <AuthorityLine key={one.fingerprint} authority={one} nowMs={nowMs} />
              ))}
            </tbody>
          </table>
        </>
      )}
      {mayChange ? (
        <div className="acts">
          <Button icon={FileKey2} isPending={choose.isRunning} onPress={() => void pick()}>
            {file === undefined ? "Add a file of authorities" : "Replace the file"}
          </Button>
          {file === undefined ? null : <Button onPress={() => setAsks(true)}>Remove {file.name}</Button>}
        </div>
      ) : (
        <p className="soft small">Only an administrator changes whom the connections trust.</p>
      )}
      <ConfirmDialog
        title={`Stop trusting the authorities in ${file?.name ?? "the file"}?`}
        isOpen={asks}
        confirmLabel="Stop trusting them"
        danger
        highRisk
        isPending={remove.isRunning}
        onConfirm={() => void forget()}
        onCancel={() => setAsks(false)}
      >
        <p>Connections that need them are refused from then on, with the reason in words.</p>
      </ConfirmDialog>
    </div>
  );
}
