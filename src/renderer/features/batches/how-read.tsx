import { encodings, type BatchDetail, type Reading } from "@contract";
import { useState, type ReactNode } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { Button, ConfirmDialog, SelectField, ToggleGroup } from "../../ui/index.ts";
import { delimiterWords, encodingWords, quoteWords, readingWords } from "./batch-words.ts";
import { whatGoes } from "./reading-words.ts";

const delimiters: readonly Reading["delimiter"][] = [",", ";", "\t", "|"];
const quotes: readonly Reading["quote"][] = ['"', "'", ""];
const usual: Reading = { encoding: "utf-8", delimiter: ",", quote: '"', header: true };

interface ReadingChoiceProps {
  readonly reading: Reading;
  readonly isDisabled: boolean;
  readonly onChange: (reading: Reading) => void;
  readonly children: ReactNode;
}

function ReadingChoice({ reading, isDisabled, onChange, children }: ReadingChoiceProps) {
  const set = (part: Partial<Reading>) => onChange({ ...reading, ...part });
  return (
    <section className="how-read" aria-label="How the file is read">
      <SelectField
        label="Encoding"
        choices={encodings.map((id) => ({ id, label: encodingWords[id] }))}
        value={reading.encoding}
        onChange={(encoding) => set({ encoding })}
        isDisabled={isDisabled}
      />
      <SelectField
        label="Columns are separated by"
        choices={delimiters.map((id) => ({ id, label: delimiterWords[id] }))}
        value={reading.delimiter}
        onChange={(delimiter) => set({ delimiter })}
        isDisabled={isDisabled}
      />
      <SelectField
        label="Quotation mark"
        choices={quotes.map((quote) => ({ id: quoteWords[quote], label: quoteWords[quote] }))}
        value={quoteWords[reading.quote]}
        onChange={(word) => set({ quote: quotes.find((quote) => quoteWords[quote] === word) ?? reading.quote })}
        isDisabled={isDisabled}
      />
      <ToggleGroup
        label="First row"
        choices={[
          { id: "header", label: "Headings" },
          { id: "data", label: "Data" },
        ]}
        value={reading.header ? "header" : "data"}
        onChange={(choice: "header" | "data") => set({ header: choice === "header" })}
        isDisabled={isDisabled}
      />
      {children}
    </section>
  );
}

interface Asked {
  readonly reading: Reading;
  readonly goes: readonly string[];
}

/** How the file was read. Changing it reads the file again, after a question where a person's work would go. */
export function HowRead({ batch }: { readonly batch: BatchDetail }) {
  const again = useCommand("batches.setReading");
  const count = useCommand("batches.handwork");
  const [asked, setAsked] = useState<Asked>();
  const { id, revision, reading, detected } = batch;
  if (reading === undefined) return null;
  const read = (wanted: Reading) => {
    setAsked(undefined);
    void again.run({ id, revision, reading: wanted });
  };
  const choose = async (wanted: Reading) => {
    const found = await count.run({ id });
    const goes = whatGoes(found.ok ? found.value : undefined, batch, wanted);
    if (goes.length === 0) read(wanted);
    else setAsked({ reading: wanted, goes });
  };
  const isOwn = detected !== undefined && readingWords(detected) !== readingWords(reading);
  return (
    <ReadingChoice
      reading={reading}
      isDisabled={again.isRunning || count.isRunning}
      onChange={(wanted) => void choose(wanted)}
    >
      <p className="small muted">
        {detected === undefined || !isOwn
          ? "As detected. Changing one reads the file again."
          : `Detected: ${readingWords(detected)}.`}
        {again.failure === undefined ? null : <span className="msg bad">{failureSentence(again.failure)}</span>}
      </p>
      <ConfirmDialog
        title="Read the file again?"
        isOpen={asked !== undefined}
        confirmLabel="Read it again"
        danger
        highRisk
        onCancel={() => setAsked(undefined)}
        onConfirm={() => (asked === undefined ? undefined : read(asked.reading))}
      >
        {(asked?.goes ?? []).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </ConfirmDialog>
    </ReadingChoice>
  );
}

/** A file that could not be read, to be read in another way. */
export function ReadOtherwise({ batch }: { readonly batch: BatchDetail }) {
  const again = useCommand("batches.setReading");
  const [chosen, setChosen] = useState<Reading>();
  const reading = chosen ?? batch.reading ?? usual;
  return (
    <ReadingChoice reading={reading} isDisabled={again.isRunning} onChange={setChosen}>
      <div>
        <Button
          isPending={again.isRunning}
          onPress={() => void again.run({ id: batch.id, revision: batch.revision, reading })}
        >
          Read it this way
        </Button>
        {again.failure === undefined ? null : <p className="msg bad">{failureSentence(again.failure)}</p>}
      </div>
    </ReadingChoice>
  );
}
