import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          // Properties ask hundreds of questions each; two busy cores need longer than the five seconds of the default.
          testTimeout: 60_000,
          include: ["{packages,apps,test,infra}/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", "**/.next/**", "**/*.integration.test.ts", "**/*.load.test.ts", "test/e2e/**"],
        },
      },
      {
        test: {
          name: "integration",
          include: ["{packages,apps,test}/**/*.integration.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", "**/.next/**"],
          globalSetup: ["packages/db/test-database/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "load",
          include: ["{packages,apps,test}/**/*.load.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", "**/.next/**"],
          fileParallelism: false,
          testTimeout: 1_800_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
