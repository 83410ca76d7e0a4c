import { uses } from '../../functions/platform/access.ts'
import { openPlatform, readConfig } from '../../functions/platform/platform.ts'
import { serve } from '../../functions/platform/serve.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import { uploadContract } from './upload.ts'

/** The function of `uploadContract`: each drawing is an object of its own, named by its title. */
export const handler = serve(
  uploadContract,
  openPlatform(readConfig(), uses({})),
  { wall: async () => fail(problem('not-found')) },
  {
    send: async ({ body, commit }) => commit([], { id: body.title, objectKey: `drawings/${body.title}` }),
    attach: async ({ commit }) => commit([], { objectKey: 'drawings/none' }),
  },
)
