import { CircleX } from "lucide-react";
import { useEffect, useRef } from "react";
import { counted } from "./format.ts";
import { LinkButton } from "./button.tsx";
import { Icon } from "./icon.tsx";

export interface FieldError {
  /** The field's path: what its `name` is. Empty where no field is at fault. */
  readonly field: string;
  readonly message: string;
}

export interface ErrorSummaryProps {
  readonly errors: readonly FieldError[];
  /** Rises with every submit, so that focus comes back here each time. */
  readonly turn: number;
  readonly title?: string | undefined;
}

/** Puts focus into the field of that name. */
export function focusField(field: string): void {
  const frame = document.querySelector(`[data-field="${CSS.escape(field)}"]`);
  const target = frame?.querySelector<HTMLElement>(
    "input, textarea, button:not(.revert), [tabindex='0']:not(.revert)",
  );
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}

/** At the top of a form after submit: names each error, links to its field, takes focus. */
export function ErrorSummary({ errors, turn, title }: ErrorSummaryProps) {
  const ref = useRef<HTMLDivElement>(null);
  const shown = errors.length > 0 ? turn : undefined;
  useEffect(() => {
    if (shown !== undefined) ref.current?.focus();
  }, [shown]);
  if (shown === undefined) return null;
  return (
    <div className="errors" role="alert" tabIndex={-1} ref={ref}>
      <h2>
        <Icon of={CircleX} size="s" />
        {title ?? `${counted(errors.length, "thing")} to put right. Nothing was saved.`}
      </h2>
      <ul>
        {errors.map((error) => (
          <li key={`${error.field} ${error.message}`}>
            {error.field === "" ? (
              error.message
            ) : (
              <LinkButton onPress={() => focusField(error.field)}>{error.message}</LinkButton>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
