/* oxlint-disable jsx-a11y/no-autofocus -- a dialog says which of its buttons focus starts on */
import { LoaderCircle, type LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button as AriaButton } from "react-aria-components";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";

export interface ButtonProps {
  readonly children: ReactNode;
  readonly variant?: "primary" | "default" | "quiet" | "danger" | undefined;
  readonly size?: "md" | "sm" | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly keys?: string | undefined;
  readonly type?: "button" | "submit" | undefined;
  readonly isDisabled?: boolean | undefined;
  /** It was pressed and its work goes on: it keeps focus and takes no second press. */
  readonly isPending?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly wide?: boolean | undefined;
  readonly slot?: string | undefined;
  readonly form?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
  readonly onPress?: (() => void) | undefined;
}

export function Button({ ref, ...props }: ButtonProps) {
  const { variant = "default", size = "md", type = "button", isDisabled = false, isPending = false } = props;
  return (
    <AriaButton
      ref={ref ?? null}
      type={isPending ? "button" : type}
      isDisabled={isDisabled}
      autoFocus={props.autoFocus ?? false}
      className={classNames(
        "btn",
        variant !== "default" && variant,
        size === "sm" && "sm",
        props.wide && "wide",
        isPending && "pending",
      )}
      onPress={() => (isPending ? undefined : props.onPress?.())}
      {...(props.slot === undefined ? {} : { slot: props.slot })}
      {...(props.form === undefined ? {} : { form: props.form })}
    >
      {isPending ? (
        <Icon of={LoaderCircle} size={size === "sm" ? "s" : "m"} spin />
      ) : props.icon === undefined ? null : (
        <Icon of={props.icon} size={size === "sm" ? "s" : "m"} />
      )}
      {props.children}
      {isPending ? <span className="sr">, working</span> : null}
      {props.keys === undefined ? null : <Kbd keys={props.keys} />}
    </AriaButton>
  );
}

export interface IconButtonProps {
  /** What it does, for screen readers and the tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isDisabled?: boolean | undefined;
  readonly slot?: string | undefined;
  readonly onPress?: (() => void) | undefined;
}

export function IconButton({ label, icon, isDisabled = false, slot, onPress }: IconButtonProps) {
  return (
    <AriaButton
      className="icon-btn"
      aria-label={label}
      isDisabled={isDisabled}
      onPress={() => onPress?.()}
      {...(slot === undefined ? {} : { slot })}
    >
      <Icon of={icon} size="s" />
    </AriaButton>
  );
}

export interface LinkButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** Inside a sentence: no taller than the line. */
  readonly inline?: boolean | undefined;
}

/** Looks like a link, acts like a button. */
export function LinkButton({ children, onPress, inline = false }: LinkButtonProps) {
  return (
    <AriaButton className={classNames("link-btn", inline && "inline-link")} onPress={onPress}>
      {children}
    </AriaButton>
  );
}
