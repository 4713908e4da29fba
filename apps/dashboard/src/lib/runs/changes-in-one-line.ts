import type { RunSummary } from "@headroom/client";
import { counted } from "../format/quantities.ts";
import { isUnderWay } from "./run-words.ts";

const shown = 1;

/** The first change of a run and how many more there are, or why there is none. */
export const changesInOneLine = (run: Pick<RunSummary, "status" | "decision" | "changes" | "error">): string => {
  if (isUnderWay(run)) return "";
  if (run.error !== null) return run.error;
  const [first] = run.changes;
  if (!first) return "Nothing";
  const more = run.changes.length - shown;
  return more > 0 ? `${first.detail}, and ${counted(more, "more change")}` : first.detail;
};
