import { fork } from "node:child_process";
import type { MonolithNews } from "@headroom/solver";

type Written = Extract<MonolithNews, { kind: "written" }>;
type Found = Extract<MonolithNews, { kind: "fleet" }>;

/** What became of a monolith by the time it was ended. Milliseconds count from the request. */
export interface MonolithRun {
  /** Absent: time was over before the program was written. */
  readonly written: Written | undefined;
  /** Each better than the one before. */
  readonly fleets: readonly Found[];
  readonly ended: "by itself" | "killed";
}

/** Runs the monolith of a size, and kills it when its time is over: HiGHS may not look at its clock for minutes. */
export const monolithInTime = (name: string, limitSeconds: number): Promise<MonolithRun> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL("solve-monolith.ts", import.meta.url), [name, String(limitSeconds)]);
    let written: Written | undefined;
    const fleets: Found[] = [];
    let ended: MonolithRun["ended"] | undefined;
    let timer: NodeJS.Timeout | undefined;
    child.on("message", (news: MonolithNews) => {
      if (news.kind === "written") {
        written = news;
        timer = setTimeout(() => child.kill("SIGKILL"), 1000 * limitSeconds - news.ms);
      } else if (news.kind === "fleet") fleets.push(news);
      else ended = "by itself";
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(timer);
      if (code === 0 || code === null) resolve({ written, fleets, ended: ended ?? "killed" });
      else reject(new Error(`the monolith's process ended with ${code}`));
    });
  });

/** The cheapest fleet that stood by then, and when one first stood at its cost. */
export const stoodBy = ({ fleets }: Pick<MonolithRun, "fleets">, ms: number): Found | undefined => {
  const cheapest = fleets.filter((fleet) => fleet.ms <= ms).at(-1);
  return cheapest && fleets.find(({ usdPerHour }) => usdPerHour <= cheapest.usdPerHour * (1 + sameCost));
};

/** HiGHS calls a fleet better that saves less than a cent a year. */
const sameCost = 1e-6;
