import type { ReactNode } from "react";

export interface GateCardProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Quiet words and ways out under the card. */
  readonly below?: ReactNode;
}

/** One centred card. */
export function GateCard({ title, children, below }: GateCardProps) {
  return (
    <div className="gate">
      <section className="gate-card" aria-label={title}>
        <h1>{title}</h1>
        {children}
      </section>
      {below === undefined ? null : <div className="gate-below">{below}</div>}
    </div>
  );
}
