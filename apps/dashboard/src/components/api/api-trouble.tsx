import type { Answer } from "@headroom/client";
import { Notice } from "@/components/ui/notice.tsx";
import { ReloadButton } from "@/components/ui/reload-button.tsx";
import { apiAddress } from "@/lib/api/api-client.ts";

type Failure = Extract<Answer<unknown>, { ok: false }>;

/** What a page shows in place of what the API did not answer, and what to do about it. */
export const ApiTrouble = ({ failure }: { readonly failure: Failure }) =>
  failure.kind === "network" ? <ApiAway detail={failure.detail} /> : <Refused problem={failure.problem} />;

const ApiAway = ({ detail }: { readonly detail: string }) => (
  <div className="max-w-[44rem] py-6">
    <h1 className="font-semibold text-2xl tracking-tight">The API is not answering</h1>
    <p className="mt-2 text-soft">
      This dashboard shows what the Headroom API answers, and nothing answers at{" "}
      <code className="font-mono text-sm text-ink">{apiAddress()}</code>.
    </p>
    <ol className="mt-5 list-decimal space-y-2 pl-5 marker:text-soft">
      <li>
        Start everything with <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-sm">npm start</code> in the repository's root.
        It prints the API's address once it is ready.
      </li>
      <li>
        If the API runs elsewhere, start the dashboard with{" "}
        <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-sm">HEADROOM_API_URL</code> set to its address.
      </li>
      <li>Then load this page again. Stored plans are in the database; none is lost.</li>
    </ol>
    <div className="mt-6">
      <ReloadButton />
    </div>
    <p className="mt-6 break-words text-soft text-sm">What was tried: {detail}</p>
  </div>
);

const Refused = ({ problem }: { readonly problem: Extract<Failure, { kind: "problem" }>["problem"] }) => (
  <div className="max-w-[44rem] py-6">
    <h1 className="font-semibold text-2xl tracking-tight">{problem.title}</h1>
    <div className="mt-4">
      <Notice tone="bad">
        {problem.detail && <p>{problem.detail}</p>}
        <p className="text-soft">
          The API answered with status {problem.status}
          {problem.requestId ? `; its log names this request ${problem.requestId}` : ""}.
        </p>
      </Notice>
    </div>
    <div className="mt-6">
      <ReloadButton />
    </div>
  </div>
);
