import type { ReactNode } from "react";
import { sourceWords } from "../../bridge/known-source.ts";
import { useProviderName } from "../../bridge/provider-name.ts";
import {
  ageText, Chip, ErrorMessage, RiskTag, stalenessOf, Tag, Tip, Unknown, useNow, WarningMessage,
} from "../../ui/index.ts";
import type { SheetLine } from "./sheet-lines.ts";

function SourceAndAge({ from }: { readonly from: SheetLine["from"] }) {
  const provider = useProviderName();
  const nowMs = useNow();
  if (from === undefined) return <span className="src">not in the last read</span>;
  const isStale = stalenessOf(from.atMs, nowMs).kind === "stale";
  const age = ageText(from.atMs, nowMs);
  return (
    <span className="src">
      {sourceWords(from.source, provider)}, {isStale ? <span className="stale">{age}</span> : age}
    </span>
  );
}

function Value({ line, children }: { readonly line: SheetLine; readonly children: string }) {
  const className = line.key === "secCodes" ? "code" : line.isCode ? "id" : undefined;
  return className === undefined ? children : <span className={className}>{children}</span>;
}

function codesWith(text: string, mark: (code: string) => ReactNode): ReactNode {
  return (
    <span className="code">
      {text.split(" ").map((code, index) => (
        <span key={code}>
          {index === 0 ? "" : " "}
          {mark(code)}
        </span>
      ))}
    </span>
  );
}

function Before({ line }: { readonly line: SheetLine }) {
  if (line.from === undefined) return <Unknown />;
  const { text } = line.from;
  if (line.key === "secCodes" && line.changed) {
    return codesWith(text, (code) => (line.removed.includes(code) ? <del>{code}</del> : <span className="muted">{code}</span>));
  }
  return line.changed ? <del><Value line={line}>{text}</Value></del> : <Value line={line}>{text}</Value>;
}

function After({ line }: { readonly line: SheetLine }) {
  if (line.key !== "secCodes") return <ins><Value line={line}>{line.to}</Value></ins>;
  return <ins>{codesWith(line.to, (code) => (line.added.includes(code) ? <b className="plus">{code}</b> : code))}</ins>;
}

/** One line of the change sheet: − last known with source and age, + proposed, risk, and what is wrong in place. */
export function SheetLineView({ line }: { readonly line: SheetLine }) {
  const errors = line.issues.filter((issue) => issue.severity === "error");
  const warnings = line.issues.filter((issue) => issue.severity === "warning");
  return (
    <li className={errors.length > 0 ? "line is-bad" : line.changed ? "line" : "line is-same"} data-line={line.key}>
      <div className="lh">
        <span className="nm">{line.label}</span>
        {line.difference === undefined ? null : <span className="pct">{line.difference}</span>}
        {line.percent === undefined ? null : <span className="pct">{line.percent}</span>}
        {line.risk === undefined ? null : (
          <span className="risk">
            <Tip text={line.risk.reason}><RiskTag risk={line.risk.class} /></Tip>
          </span>
        )}
      </div>
      <div className="pm">
        <span className="sign" aria-hidden="true">{line.changed ? "−" : ""}</span>
        <span className="sr">last known</span>
        <span className="val"><Before line={line} /></span>
        <SourceAndAge from={line.from} />
      </div>
      {line.changed ? (
        <div className="pm">
          <span className="sign add" aria-hidden="true">+</span>
          <span className="sr">proposed</span>
          <span className="val"><After line={line} /></span>
          {line.largeIncrease ? <Tag tone="warn">Large increase</Tag> : null}
          {line.added.length + line.removed.length === 0 ? null : (
            <span className="codes">
              {line.added.map((code) => <Chip key={code} mark="added">{code}</Chip>)}
              {line.removed.map((code) => <Chip key={code} mark="removed">{code}</Chip>)}
            </span>
          )}
          {line.forcedBy === undefined ? null : <span className="note">forced by {line.forcedBy}</span>}
        </div>
      ) : null}
      {errors.map((issue) => <ErrorMessage key={issue.code}>{issue.message}</ErrorMessage>)}
      {warnings.map((issue) => <WarningMessage key={issue.code}>{issue.message}</WarningMessage>)}
    </li>
  );
}
