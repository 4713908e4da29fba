import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { SiteFooter } from "@/components/layout/site-footer.tsx";
import { SiteHeader } from "@/components/layout/site-header.tsx";
import { readTheme, themeCookie } from "@/lib/theme.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Headroom", template: "%s · Headroom" },
  description: "Plans GPU clusters for large language models: what to rent, proved and explained.",
};

export const viewport: Viewport = { colorScheme: "light dark" };

const RootLayout = async ({ children }: { readonly children: ReactNode }) => {
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body className="flex min-h-dvh flex-col font-sans">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:text-accent"
        >
          Skip to the content
        </a>
        <SiteHeader theme={theme} />
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[80rem] flex-1 px-4 pt-8 pb-20 outline-none sm:px-6 lg:px-10">
          {children}
        </main>
        <SiteFooter />
      </body>
    </html>
  );
};

export default RootLayout;
