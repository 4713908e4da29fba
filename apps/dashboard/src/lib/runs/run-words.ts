import type { RunSummary } from "@headroom/client";

/** What became of a run: its decision where it has one. */
export const runInOneWord = ({ status, decision }: Pick<RunSummary, "status" | "decision">): string => {
  switch (status) {
    case "queued":
      return "waiting";
    case "solving":
      return "solving";
    case "failed":
      return "failed";
    case "done":
      return decision ?? "done";
  }
};

export const isUnderWay = ({ status }: Pick<RunSummary, "status">): boolean => status === "queued" || status === "solving";
