import type { FinzlyFieldName, KnownFields } from "@contract";
import { useId, type ReactNode } from "react";
import { groupSource, sourceWords } from "../../bridge/known-source.ts";
import { useProviderName } from "../../bridge/provider-name.ts";
import { ageText, classNames, useNow } from "../../ui/index.ts";

export interface FormGroupProps {
  readonly title: string;
  /** The fields whose source and age head the group. */
  readonly fields: readonly FinzlyFieldName[];
  readonly known: KnownFields;
  readonly note?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

export function FormGroup({ title, fields, known, note, className, children }: FormGroupProps) {
  const id = useId();
  const nowMs = useNow();
  const provider = useProviderName();
  const source = groupSource(fields, known);
  return (
    <section className={classNames("group", className)} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p>
          {note ??
            (source === undefined ? (
              "not in the last read"
            ) : (
              <>
                {sourceWords(source.source, provider)},<br />
                {ageText(source.atMs, nowMs)}
              </>
            ))}
        </p>
      </header>
      <div className="fields">{children}</div>
    </section>
  );
}
