import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style.ts";

const steps = [
  { title: "Say what must run", text: "A model, how many people or requests, and how fast the answers must come." },
  {
    title: "Get the cheapest machines that do it",
    text: "From a dated catalog of prices, with a proof that nothing cheaper exists in it.",
  },
  {
    title: "See why, and keep it true",
    text: "Every refused accelerator with its reason; a schedule solves the plan again as prices move.",
  },
];

export const NoPlansYet = () => (
  <div className="max-w-[44rem] py-4 sm:py-10">
    <h1 className="text-balance font-semibold text-2xl tracking-tight sm:text-3xl">What should you rent to run your models?</h1>
    <p className="mt-3 text-soft">
      No plan is stored yet. The first one takes a click: the form starts with a knowledge base for 1,000 employees.
    </p>
    <ol className="mt-8 space-y-5">
      {steps.map(({ title, text }, index) => (
        <li key={title} className="grid grid-cols-[1.75rem_1fr] gap-3">
          <span
            aria-hidden="true"
            className="mt-0.5 flex size-6 items-center justify-center rounded-full border border-line text-soft text-xs"
          >
            {index + 1}
          </span>
          <span>
            <span className="block font-medium">{title}</span>
            <span className="block text-soft text-sm">{text}</span>
          </span>
        </li>
      ))}
    </ol>
    <div className="mt-8">
      <Link href="/plans/new" className={buttonStyle("primary")}>
        Make the first plan
      </Link>
    </div>
  </div>
);
