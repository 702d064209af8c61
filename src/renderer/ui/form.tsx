import type { ReactNode } from "react";

export interface FormProps {
  readonly children: ReactNode;
  readonly className?: string;
  readonly id?: string;
  readonly label?: string;
  /** What Enter and the submitting button do. */
  readonly onSubmit?: () => void | Promise<void>;
}

/** A form that tells its own faults: the browser neither checks it nor leaves the page. */
export function Form({ children, className = "stack", id, label, onSubmit }: FormProps) {
  return (
    <form
      id={id}
      className={className}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit?.();
      }}
    >
      {children}
    </form>
  );
}
