import { defineConfig } from 'vitest/config';

const together = ['core/**', 'lib/stacks/**', 'lib/constructs/**'].map(part => `test/${part}/*.test.ts`);

/**
 * Tests run in worker threads, as many as there are processors; engines that a test starts are processes of their own.
 * Decisions and templates keep nothing that one test file could leave to the next: they are loaded once for all files.
 */
export default defineConfig({
  test: {
    pool: 'threads',
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: 'together', include: together, isolate: false } },
      { extends: true, test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: together } },
    ],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', POWERTOOLS_METRICS_DISABLED: 'true' },
    coverage: { provider: 'v8', include: ['bin/**', 'core/**', 'functions/**', 'lib/**'], reporter: ['text', 'html'] },
  },
});
