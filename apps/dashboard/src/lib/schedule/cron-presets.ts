export const cronPresets = [
  { label: "Daily", cron: "0 6 * * *" },
  { label: "Mondays", cron: "0 6 * * MON" },
  { label: "Monthly", cron: "0 6 1 * *" },
  { label: "Every 6 hours", cron: "0 */6 * * *" },
] as const;
