import { defineConfig } from 'vitest/config'
import { timeoutMs } from './test/support/timeout.ts'

/** Tests of what a build makes: the cloud assembly, the web app in it. Everything else runs from the sources. */
const built = [
  'test/{stacks,journeys,browser}/**/*.test.ts',
  'test/web/platform/{built,device,kept,write}.test.ts',
  'test/web/session/signed-out-screens.test.ts',
  'test/web/about/pages.test.ts',
  'test/web/news/on-boards.test.ts',
]

/**
 * Tests run against embedded services and real browsers: four at a time on the two cores of the machines that run them,
 * for each waits for much of the time.
 */
export default defineConfig({
  test: {
    // What a function's entry reads of its environment as it is loaded; tests open their handlers on tables of their own.
    env: { TABLE_NAME: 'preau-test', TERRITORY: 'test' },
    maxWorkers: 4,
    testTimeout: timeoutMs(18),
    hookTimeout: timeoutMs(30),
    expect: { poll: { timeout: timeoutMs(2) } },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: built } },
      { extends: true, test: { name: 'built', include: built, globalSetup: 'test/support/setup-built.ts' } },
    ],
  },
})
