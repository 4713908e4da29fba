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
          exclude: ["**/node_modules/**", "**/dist/**", "**/.next/**", "**/*.integration.test.ts", "test/e2e/**"],
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
    ],
  },
});
