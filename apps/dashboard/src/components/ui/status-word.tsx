import type { Plan } from "@headroom/core";

type Status = Plan["status"];

const looks: Readonly<Record<Status, { readonly words: string; readonly dot: string }>> = {
  optimal: { words: "Optimal", dot: "bg-accent" },
  feasible: { words: "Feasible", dot: "bg-warn" },
  infeasible: { words: "No plan", dot: "bg-bad" },
};

/** A plan's status as a dot and a word: never by colour alone. */
export const StatusWord = ({ status }: { readonly status: Status }) => (
  <span className="whitespace-nowrap">
    <span aria-hidden="true" className={`mr-1.5 inline-block size-2 rounded-full ${looks[status].dot}`} />
    {looks[status].words}
  </span>
);
