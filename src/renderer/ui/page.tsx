import { ChevronRight, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { Link } from "./link.tsx";

export interface Crumb {
  readonly label: string;
  readonly to?: string | undefined;
}

export interface PageHeaderProps {
  readonly title: string;
  readonly crumbs?: readonly Crumb[] | undefined;
  /** Beside the title: masked number, tags, status pill. */
  readonly beside?: ReactNode;
  /** At the right end. */
  readonly actions?: ReactNode;
}

export function PageHeader({ title, crumbs = [], beside, actions }: PageHeaderProps) {
  return (
    <header className="bar page-head">
      {crumbs.length === 0 ? null : (
        <nav className="crumb" aria-label="Where you are">
          <ol>
            {crumbs.map((crumb) => (
              <li key={crumb.label}>
                {crumb.to === undefined ? (
                  <span className="crumb-name" title={crumb.label}>{crumb.label}</span>
                ) : (
                  <Link to={crumb.to} className="">
                    {crumb.label}
                  </Link>
                )}
                <Icon of={ChevronRight} size="xs" />
              </li>
            ))}
          </ol>
        </nav>
      )}
      <h1 className="page-title" title={title}>{title}</h1>
      {beside}
      <span className="grow" />
      {actions}
    </header>
  );
}

export interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <p className="title">{title}</p>
      {children === undefined ? null : <p>{children}</p>}
      {action}
    </div>
  );
}

export function Loading({ children = "Reading…" }: { readonly children?: ReactNode }) {
  return (
    <output className="loading">
      <Icon of={LoaderCircle} spin />
      {children}
    </output>
  );
}

export interface BlockProps {
  readonly title: string;
  /** Where the facts come from and how old they are. */
  readonly source?: ReactNode;
  readonly children: ReactNode;
  /** Level of the heading: 3 in a pane with a heading of its own, 2 right under the page's. */
  readonly level?: 2 | 3 | undefined;
}

/** One headed part of a pane. */
export function Block({ title, source, children, level = 3 }: BlockProps) {
  const Title = level === 2 ? "h2" : "h3";
  return (
    <section className="block">
      <header>
        <Title>{title}</Title>
        {source === undefined ? null : <span className="src">{source}</span>}
      </header>
      {children}
    </section>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

export interface FactsProps {
  readonly facts: readonly Fact[];
  readonly rightAligned?: boolean | undefined;
  readonly wrap?: boolean | undefined;
}

export function Facts({ facts, rightAligned = false, wrap = false }: FactsProps) {
  return (
    <dl className={classNames("kv", rightAligned && "r", wrap && "wrap")}>
      {facts.map((fact) => [
        <dt key={`${fact.label}-name`}>{fact.label}</dt>,
        <dd key={`${fact.label}-value`}>{fact.value}</dd>,
      ])}
    </dl>
  );
}

export interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** Undefined until the provider says; then the bar shows no share. */
  readonly total: number | undefined;
}

export function Progress({ label, done, total }: ProgressProps) {
  return (
    <progress
      className="bar-track"
      aria-label={label}
      max={total ?? 1}
      {...(total === undefined ? {} : { value: done })}
    />
  );
}
