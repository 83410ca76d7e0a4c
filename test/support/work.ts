import { workHandler } from '../../functions/work/work.ts'

/** The function of the work, for tests in which no bucket is asked. */
export const openWork = (platform: Parameters<typeof workHandler>[0]) =>
  workHandler(platform, { signGet: async ({ id }) => `https://bucket.example/${id}` })
