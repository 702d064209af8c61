import { Check, X } from "lucide-react";
import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import {
  Text, UNSTABLE_Toast as AriaToast, UNSTABLE_ToastContent as ToastContent, UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";

const ToastContext = createContext<(words: string) => void>(() => undefined);
const shownForMs = 5_000;

/** Shows "Draft saved" or "Copied (masked)" for five seconds; never an error. */
export function useToast(): (words: string) => void {
  return useContext(ToastContext);
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  const [queue] = useState(() => new ToastQueue<string>({ maxVisibleToasts: 2 }));
  const show = useMemo(() => (words: string) => void queue.add(words, { timeout: shownForMs }), [queue]);
  return (
    <ToastContext value={show}>
      {children}
      <ToastRegion queue={queue} className="toasts" aria-label="Notes">
        {({ toast }) => (
          <AriaToast toast={toast} className="toast">
            <Icon of={Check} size="s" />
            <ToastContent><Text slot="title">{toast.content}</Text></ToastContent>
            <IconButton slot="close" label="Close" icon={X} />
          </AriaToast>
        )}
      </ToastRegion>
    </ToastContext>
  );
}
