import { createContext, useCallback, useContext, useState, type ReactNode } from "react";

export type Announce = (sentence: string, how?: "polite" | "assertive") => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Says a sentence to screen readers: counts and outcomes, never every row. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

interface Spoken {
  readonly turn: number;
  readonly sentence: string;
}

/** The app's one polite and one assertive live region. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [polite, setPolite] = useState<Spoken>({ turn: 0, sentence: "" });
  const [assertive, setAssertive] = useState<Spoken>({ turn: 0, sentence: "" });
  const announce = useCallback<Announce>((sentence, how = "polite") => {
    const say = how === "polite" ? setPolite : setAssertive;
    say((last) => ({ turn: last.turn + 1, sentence }));
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <output className="sr" aria-live="polite">
        <span key={polite.turn}>{polite.sentence}</span>
      </output>
      <div className="sr" role="alert" aria-live="assertive">
        <p key={assertive.turn}>{assertive.sentence}</p>
      </div>
    </AnnounceContext>
  );
}
