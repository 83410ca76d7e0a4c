import { type Outcome, ResourceRequest, respond } from '../platform/custom-resource.ts'
import { type Log, traceOf } from '../platform/log.ts'
import { publish, type Site } from './publish.ts'

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
        const { put, kept, removed } = await publish(site)
        log.info(`site published: ${put} files put, ${kept} of the deploy before kept, ${removed} removed`)
      }
    } catch (error) {
      log.error('the site could not be published', traceOf(error))
      const name = error instanceof Error ? error.name : 'an unknown error'
      outcome = { status: 'FAILED', reason: `The web app could not be published: ${name}. See the log.` }
    }
    await respond(request, outcome)
  }
