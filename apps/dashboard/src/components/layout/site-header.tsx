import Link from "next/link";
import { NavigationLink } from "@/components/layout/navigation-link.tsx";
import { ThemeSwitch } from "@/components/layout/theme-switch.tsx";
import { Wordmark } from "@/components/layout/wordmark.tsx";
import type { Theme } from "@/lib/theme.ts";

export const SiteHeader = ({ theme }: { readonly theme: Theme }) => (
  <header className="border-line border-b print:hidden">
    <div className="mx-auto flex h-14 w-full max-w-[80rem] items-center gap-1 px-4 sm:gap-2 sm:px-6 lg:px-10">
      <Link href="/" className="-ml-1 mr-2 rounded-md px-1 py-1 sm:mr-5" aria-label="Headroom, to the plans">
        <Wordmark />
      </Link>
      <nav aria-label="Main" className="flex gap-1">
        <NavigationLink href="/">Plans</NavigationLink>
        <NavigationLink href="/plans/new">New plan</NavigationLink>
      </nav>
      <div className="ml-auto">
        <ThemeSwitch initial={theme} />
      </div>
    </div>
  </header>
);
