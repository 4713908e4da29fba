export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "headroom-theme";

export const readTheme = (cookie: string | undefined): Theme => themes.find((theme) => theme === cookie) ?? "system";
