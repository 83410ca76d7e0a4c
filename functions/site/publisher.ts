import { type Outcome, ResourceRequest, respond } from '../platform/custom-resource.ts'
import { type Log, type LogMessage, traceOf } from '../platform/log.ts'
import { publish, type Site } from './publish.ts'

/** What the publisher says in its log. */
export const siteLogMessages = {
  published: { code: 'SITE-1', text: 'site published' },
  notPublished: { code: 'SITE-2', text: 'the site could not be published' },
} as const satisfies Record<string, LogMessage>

/**
 * CloudFormation's custom resource. Create and Update publish. Delete leaves the files: their bucket is kept with the
 * stack's other buckets, and a replaced resource must not take the new files with it.
 */
export const publisher =
  ({ log, ...site }: Site & { log: Log }) =>
  async (event: unknown): Promise<void> => {
    const request = ResourceRequest.parse(event)
    let outcome: Outcome = { status: 'SUCCESS' }
    try {
      if (request.RequestType !== 'Delete') {
        log.info(siteLogMessages.published, await publish(site))
      }
    } catch (error) {
      log.error(siteLogMessages.notPublished, traceOf(error))
      const name = error instanceof Error ? error.name : 'an unknown error'
      outcome = { status: 'FAILED', reason: `The web app could not be published: ${name}. See the log.` }
    }
    await respond(request, outcome)
  }
