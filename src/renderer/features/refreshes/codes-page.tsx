import { nextStepHeading } from "@contract/rules/aggregation/next-step.ts";
import { X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import {
  Button, counted, Empty, Grid, IconButton, PageHeader, Pane, SearchField, SplitPage, Tag, type GridColumn, type GridHandle,
} from "../../ui/index.ts";
import { codesMatching, type CodeRow } from "./code-search.ts";
import { actorWords } from "./refresh-words.ts";

const columns: readonly GridColumn<CodeRow>[] = [
  { id: "code", header: "Code", width: 72, grow: 0, align: "end", cell: ({ code }) => <span className="id">{code}</span> },
  { id: "short", header: "What it means", width: 200, cell: ({ short }) => short },
  { id: "act", header: "Who must act", width: 150, grow: 0, cell: ({ act }) => actorWords[act] },
  { id: "doing", header: "What to do next", width: 260, cell: ({ doing }) => doing },
  { id: "category", header: "Category at the provider", width: 250, cell: ({ category }) => category },
];

function CodePane({ row, onClose }: { readonly row: CodeRow; readonly onClose: () => void }) {
  const told = row.tell?.replaceAll("{account}", "the account");
  return (
    <Pane label="Status code" width={312} minWidth={260} overlays>
      <div className="pane-top">
        <div className="eyebrow">
          <span className="grow">Code <span className="id">{row.code}</span></span>
          <IconButton label="Close" icon={X} onPress={onClose} />
        </div>
        <h2>{row.short}</h2>
      </div>
      <div className="block code-pane">
        <p>{row.meaning}</p>
        <p>
          {actorWords[row.act]}{" "}
          {row.isConnectFix ? <Tag>Connect Fix</Tag> : null}
        </p>
        <p>{row.doing}.</p>
        <p className="muted">{row.category}</p>
        {told === undefined ? null : (
          <>
            <p className="strong">{nextStepHeading(row)}</p>
            <blockquote>{told}</blockquote>
          </>
        )}
      </div>
    </Pane>
  );
}

/** What each aggregation status code means, who must act and what to do next. */
export function CodesPage({ code }: { readonly code: string | undefined }) {
  const [search, setSearch] = useState(code ?? "");
  const rows = useMemo(() => codesMatching(search), [search]);
  const [chosen, setChosen] = useState<number | undefined>(code === undefined ? undefined : Number(code));
  const grid = useRef<GridHandle>(null);
  const selected = rows.findIndex((row) => row.code === chosen);
  const row = rows[selected];
  const close = () => {
    setChosen(undefined);
    grid.current?.focus();
  };
  return (
    <SplitPage pane={row === undefined ? undefined : <CodePane row={row} onClose={close} />}>
      <div className="page fill">
        <PageHeader title="Aggregation status codes" crumbs={[{ label: "Refresh", to: "/refresh" }]} />
        <search className="bar filters" aria-label="Filter codes">
          <SearchField label="Code, meaning, who must act" value={search} onChange={setSearch} />
          <span className="grow" />
          {search === "" ? null : <Button variant="quiet" size="sm" onPress={() => setSearch("")}>Clear</Button>}
        </search>
        <div className="fill">
          <Grid
            ref={grid}
            label="Aggregation status codes"
            columns={columns}
            rowCount={rows.length}
            rowAt={(index) => rows[index]}
            selectedIndex={selected < 0 ? undefined : selected}
            onSelect={(index) => setChosen(rows[index]?.code)}
            onOpen={(index) => setChosen(rows[index]?.code)}
            onEscape={close}
            empty={
              <Empty title={`No code matches “${search.trim()}”.`} action={<Button onPress={() => setSearch("")}>Clear filter</Button>}>
                A code that no document explains is shown with its number and falls to operations.
              </Empty>
            }
          />
        </div>
        <footer className="gridfoot">
          <span>{counted(rows.length, "code")}</span>
          <span className="muted">Any other code is shown with its number and never hidden.</span>
        </footer>
      </div>
    </SplitPage>
  );
}
