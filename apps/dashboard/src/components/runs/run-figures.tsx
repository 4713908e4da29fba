import type { RunDocument } from "@headroom/client";
import { formatInstant } from "@/lib/format/dates.ts";
import { formatTotal, overHours, signOf } from "@/lib/format/money.ts";

const hoursPerMonth = 730;

/** What the plan in force costs now, what the new one would, and what lies between. */
export const RunFigures = ({ run }: { readonly run: RunDocument }) => (
  <>
    <dl className="mt-6 flex flex-wrap items-end gap-x-14 gap-y-5 border-line border-y py-6">
      <Figure label="Plan in force, an hour" amount={run.usdPerHourBefore} absent="cannot be bought any more" />
      <Figure label="Solved again, an hour" amount={run.usdPerHourAfter} absent="no plan" />
      <Figure label="Saves an hour" amount={run.usdPerHourSaving} absent="not known" />
      {run.usdPerHourSaving !== null && signOf(run.usdPerHourSaving) !== 0 && (
        <Figure label="Saves a month of 730 hours" amount={overHours(run.usdPerHourSaving, hoursPerMonth)} absent="" />
      )}
    </dl>
    <dl className="mt-5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 text-sm">
      <Fact term="Catalog">{run.catalog ?? "not chosen yet"}</Fact>
      <Fact term="Queued">{formatInstant(run.queuedAt)}</Fact>
      {run.finishedAt && <Fact term="Finished">{formatInstant(run.finishedAt)}</Fact>}
      {run.attempt > 1 && <Fact term="Attempts">{String(run.attempt)}</Fact>}
      {run.inputHash && <Fact term="Input hash">{run.inputHash}</Fact>}
    </dl>
  </>
);

const Figure = ({ label, amount, absent }: { readonly label: string; readonly amount: string | null; readonly absent: string }) => (
  <div>
    <dt className="text-sm text-soft">{label}</dt>
    <dd className="mt-1 font-medium text-xl tracking-tight">
      {amount === null ? (
        <span className="font-normal text-base text-soft">{absent}</span>
      ) : (
        <span className="whitespace-nowrap">
          {formatTotal(amount)} <span className="font-normal text-sm text-soft">USD</span>
        </span>
      )}
    </dd>
  </div>
);

const Fact = ({ term, children }: { readonly term: string; readonly children: string }) => (
  <>
    <dt className="text-soft">{term}</dt>
    <dd className="break-words">{children}</dd>
  </>
);
