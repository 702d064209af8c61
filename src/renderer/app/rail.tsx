import type { Status } from "@contract";
import { useCall } from "../bridge/index.ts";
import { countText, Icon, Link, useNavigation } from "../ui/index.ts";
import { isIn, lowerPlaces, upperPlaces, type Place } from "./places.ts";

const most = 999;

interface RailLinkProps {
  readonly place: Place;
  readonly count?: number | undefined;
}

function RailLink({ place, count = 0 }: RailLinkProps) {
  const { path } = useNavigation();
  return (
    <Link to={place.path} className="" current={isIn(place, path)}>
      <Icon of={place.icon} />
      {place.label}
      {count === 0 ? null : (
        <span className={count > 99 ? "count wide" : "count"}>
          <span aria-hidden="true">{count > most ? `${String(most)}+` : count}</span>
          <span className="sr">{countText(count)} waiting for a person</span>
        </span>
      )}
    </Link>
  );
}

/** The way to every page; a count only where a person must act. */
export function Rail({ status }: { readonly status: Status | undefined }) {
  const work = status?.work;
  const refreshes = useCall("refreshes.attention", {}).data?.count ?? 0;
  const toDo = work === undefined ? 0 : work.drafts + work.waiting + work.attention;
  const counts: Readonly<Record<string, number>> = { "/outbox": toDo, "/refresh": refreshes };
  return (
    <nav className="rail" aria-label="Main" data-pane>
      {upperPlaces.map((place) => (
        <RailLink key={place.path} place={place} count={counts[place.path] ?? 0} />
      ))}
      <span className="grow" />
      {lowerPlaces.map((place) => (
        <RailLink key={place.path} place={place} />
      ))}
    </nav>
  );
}
