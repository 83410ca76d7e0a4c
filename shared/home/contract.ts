import * as z from 'zod/mini'
import { contract, route } from '../kernel/route.ts'
import { NewsOfHome } from '../news/home.ts'
import { WorkOfHome } from '../work/home.ts'

export const homeContract = contract({
  feature: 'home',
  function: 'home',
  problems: {},
  schemas: { NewsOfHome, WorkOfHome },
  routes: {
    state: route({
      kind: 'private',
      method: 'GET',
      path: '/api/home',
      summary: 'What is private of Home, of the news and of the work: the one private read of these three.',
      callers: 'signed-in',
      within: 'self',
      reply: z.object({
        /** The version of the caller’s access: where it is not that of the token, the session is to be renewed. */
        access: z.string(),
        news: NewsOfHome,
        work: WorkOfHome,
      }),
    }),
  },
})
