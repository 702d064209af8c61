import type { AppState } from "@contract";
import { DateTime, Facts } from "../../ui/index.ts";

/** Settings, About: the version and how this workspace is kept. */
export function AboutSection({ state }: { readonly state: AppState }) {
  const { current, keyring } = state;
  return (
    <div className="prose">
      <p>Vostro keeps customer accounts right at the providers that hold them.</p>
      <Facts
        wrap
        facts={[
          { label: "Version", value: state.version },
          { label: "Workspace", value: current?.name ?? "none" },
          { label: "Made", value: current === undefined ? "" : <DateTime atMs={current.createdAtMs} /> },
          {
            label: "File",
            value: current?.sealedBy === "keyring"
              ? `Encrypted; its key is guarded by ${keyring.name}`
              : "Encrypted; its key is made from the unlock passphrase",
          },
        ]}
      />
    </div>
  );
}
