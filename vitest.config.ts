import { defineConfig } from 'vitest/config'

/**
 * Tests run against embedded services and real browsers: two at a time, since the machines that run them have two
 * cores, and with room for a slow one.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
})
