"use client";

import { useState } from "react";
import { type Theme, themeCookie, themes } from "@/lib/theme.ts";

const labels: Readonly<Record<Theme, string>> = { system: "Auto", light: "Light", dark: "Dark" };

const yearSeconds = 31_536_000;

/** The choice is kept in a cookie, so that the server draws the next page in it from the start. */
export const ThemeSwitch = ({ initial }: { readonly initial: Theme }) => {
  const [theme, setTheme] = useState(initial);
  const choose = (chosen: Theme) => {
    setTheme(chosen);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where a page is not served over TLS.
    document.cookie = `${themeCookie}=${chosen}; path=/; max-age=${yearSeconds}; samesite=lax`;
    if (chosen === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
  };
  return (
    <fieldset className="flex rounded-md border border-line p-0.5 text-soft text-xs">
      <legend className="sr-only">Theme</legend>
      {themes.map((option) => (
        <label
          key={option}
          className="relative cursor-pointer rounded px-2 py-1 leading-4 hover:text-ink has-checked:bg-sunken has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="theme"
            value={option}
            checked={theme === option}
            onChange={() => choose(option)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {labels[option]}
        </label>
      ))}
    </fieldset>
  );
};
