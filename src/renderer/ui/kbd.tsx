const isMac = /mac/iu.test(globalThis.navigator?.userAgent ?? "");

function shown(key: string): string {
  if (!isMac) return key;
  return key.replace(/\bCtrl\b/u, "⌘").replace(/\bAlt\b/u, "⌥").replace(/\bShift\b/u, "⇧");
}

/** Keys as a person presses them: "Ctrl K"; presses that follow each other are parted by " then ". */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="keys">
      {keys.split(" then ").map((press, index) => (
        <kbd key={`${index}-${press}`}>{shown(press)}</kbd>
      ))}
    </span>
  );
}
