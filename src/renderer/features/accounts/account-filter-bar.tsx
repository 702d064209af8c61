import type { AccountRow, Connection, ConnectionId, RepairActor } from "@contract";
import { Button, Facet, SearchField } from "../../ui/index.ts";
import { basisWords } from "./account-columns.tsx";
import { isFiltered, noFilters, type AccountFilters } from "./account-filters.ts";
import { actorLooks, repairOrder } from "./actor-words.tsx";

const statuses = ["Active", "Suspended", "Closed"].map((status) => ({ id: status, label: status }));
const bases = (["prefunded", "underwritten", "neither", "unknown"] as const).map((basis) => ({ id: basis, label: basisWords[basis] }));
const actors = repairOrder.map((act) => ({ id: act, label: actorLooks[act].filterWord }));
const changeChoices = [{ id: "open", label: "with an open change" }] as const;

export interface AccountFilterBarProps {
  readonly filters: AccountFilters;
  readonly connections: readonly Connection[];
  readonly onChange: (filters: AccountFilters) => void;
}

function connectionOf(id: string | undefined, connections: readonly Connection[]): ConnectionId | undefined {
  return connections.find((connection) => String(connection.id) === id)?.id;
}

export function AccountFilterBar({ filters, connections, onChange }: AccountFilterBarProps) {
  const set = (part: Partial<AccountFilters>) => onChange({ ...filters, ...part });
  return (
    <search className="bar filters" aria-label="Filter accounts">
      <SearchField
        label="Last four, name, company ID, customer ID"
        value={filters.search}
        onChange={(search) => set({ search })}
      />
      {connections.length > 1 ? (
        <Facet
          label="Connection"
          choices={connections.map((connection) => ({ id: String(connection.id), label: connection.name }))}
          value={filters.connectionId === undefined ? undefined : String(filters.connectionId)}
          onChange={(id) => set({ connectionId: connectionOf(id, connections) })}
        />
      ) : null}
      <Facet label="Status" choices={statuses} value={filters.status} onChange={(status) => set({ status })} />
      <Facet<AccountRow["fundingBasis"]>
        label="Funding basis"
        choices={bases}
        value={filters.fundingBasis}
        onChange={(fundingBasis) => set({ fundingBasis })}
      />
      <Facet
        label="Change"
        choices={changeChoices}
        value={filters.withChange ? "open" : undefined}
        onChange={(choice) => set({ withChange: choice !== undefined })}
      />
      {filters.act !== undefined || connections.some(({ provider }) => provider !== "finzly") ? (
        <Facet<RepairActor>
          label="Who must act"
          choices={actors}
          value={filters.act}
          onChange={(act) => set({ act })}
        />
      ) : null}
      <span className="grow" />
      {isFiltered(filters) ? <Button variant="quiet" size="sm" onPress={() => onChange(noFilters)}>Clear</Button> : null}
    </search>
  );
}
