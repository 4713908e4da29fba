import type { RunSummary } from "@headroom/client";
import { isUnderWay, runInOneWord } from "@/lib/runs/run-words.ts";

type Run = Pick<RunSummary, "status" | "decision">;

const dot = (run: Run): string => {
  if (isUnderWay(run)) return "bg-edge animate-pulse";
  if (run.status === "failed") return "bg-bad";
  return run.decision === "switch" ? "bg-accent" : "bg-part-runtime";
};

export const RunDecision = ({ run }: { readonly run: Run }) => {
  const word = runInOneWord(run);
  return (
    <span className="whitespace-nowrap">
      <span aria-hidden="true" className={`mr-1.5 inline-block size-2 rounded-full ${dot(run)}`} />
      {word.charAt(0).toUpperCase() + word.slice(1)}
    </span>
  );
};
