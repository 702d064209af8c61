export interface MarkedProps {
  readonly text: string;
  /** What was searched for; its first place in the text is marked. */
  readonly search: string | undefined;
}

/** A text with what was searched for marked in it. */
export function Marked({ text, search = "" }: MarkedProps) {
  const at = search === "" ? -1 : text.toLowerCase().indexOf(search.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + search.length)}</mark>
      {text.slice(at + search.length)}
    </>
  );
}
