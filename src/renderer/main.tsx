import "./ui/styles.css";
import "./app/app.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { createAnswers } from "./bridge/index.ts";

/**
 * Shows the app in an element of its own. When an open workspace is locked or left, the whole tree is thrown away with
 * all it remembers, and a new one takes its place.
 */
function show(host: HTMLElement): void {
  const place = document.createElement("div");
  host.replaceChildren(place);
  const root = createRoot(place);
  const answers = createAnswers();
  const startAnew = () => {
    root.unmount();
    answers.clear();
    show(host);
  };
  root.render(
    <StrictMode>
      <App answers={answers} onLeft={() => setTimeout(startAnew)} />
    </StrictMode>,
  );
}

const host = document.getElementById("root");
if (host === null) throw new Error("The page has no root element.");
show(host);
