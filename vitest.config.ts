import { defineConfig } from 'vitest/config';

/** Tests run in worker threads, as many as there are processors; engines that a test starts are processes of their own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 180_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', POWERTOOLS_METRICS_DISABLED: 'true' },
    coverage: { provider: 'v8', include: ['bin/**', 'core/**', 'functions/**', 'lib/**'], reporter: ['text', 'html'] },
  },
});
