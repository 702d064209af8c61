import type { Role } from "@contract";
import { FileUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { call, failureSentence } from "../../bridge/index.ts";
import { Icon, useAnnounce, useNavigate } from "../../ui/index.ts";
import "./drop-target.css";

const makers: readonly Role[] = ["maker", "administrator"];

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

export interface DropTargetProps {
  readonly role: Role | undefined;
  /** A file is over the window; it may be dropped in a moment. */
  readonly onComing: () => void;
  readonly onFailure: (sentence: string) => void;
}

/** A CSV file dropped anywhere on the window begins a batch; the page hands over the file, never a path. */
export function DropTarget({ role, onComing, onFailure }: DropTargetProps) {
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const go = useNavigate();
  const announce = useAnnounce();
  const may = role !== undefined && makers.includes(role);

  useEffect(() => {
    const leave = () => {
      depth.current = 0;
      setOver(false);
    };
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (depth.current === 0 && may) {
        onComing();
        void call("batches.getReady", {});
      }
      depth.current += 1;
      setOver(true);
    };
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = may ? "copy" : "none";
    };
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth.current -= 1;
      if (depth.current <= 0) leave();
    };
    const take = async (file: File) => {
      announce(`Reading ${file.name}.`);
      const result = await call("batches.importDropped", file);
      if (!result.ok) onFailure(failureSentence(result.failure));
      else if (result.value.id !== undefined) go(`/import/${String(result.value.id)}`);
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      leave();
      const files = event.dataTransfer?.files;
      const [file] = files ?? [];
      if (!may) onFailure("Only a maker or an administrator can import rows. Nothing was read.");
      else if (file === undefined) onFailure("What was dropped is not a file. Nothing was read.");
      else if (files !== undefined && files.length > 1) onFailure("Drop one file at a time. Nothing was read.");
      else void take(file);
    };
    window.addEventListener("dragenter", onEnter);
    window.addEventListener("dragover", onOver);
    window.addEventListener("dragleave", onLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragenter", onEnter);
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("dragleave", onLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, [may, go, announce, onComing, onFailure]);

  if (!isOver) return null;
  return (
    <div className="drop-hint" aria-hidden="true">
      <div>
        <Icon of={FileUp} />
        <p className="title">{may ? "Drop the CSV file to import it" : "Only a maker can import rows"}</p>
        <p>{may ? "You see every change before anything is sent." : "Nothing is read."}</p>
      </div>
    </div>
  );
}
