import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3'
import type { Page } from 'playwright-core'
import type { ApiFault } from '../../lib/local/http-api.ts'
import { ofType, synthesized } from '../stacks/check/template.ts'
import type { Answer } from '../support/http.ts'
import type { TableFailure } from '../support/meter.ts'
import { startMetered } from '../support/metered.ts'

/** What fails in a territory, at the same time. */
export type Trouble = {
  readonly api?: ApiFault
  readonly table?: TableFailure
  readonly bucket?: 'hang' | 'fails'
}

/** A territory in which a test may cause trouble, and whose edge has a clock that the test sets forward. */
export const startTroubled = async (assembly: string) => {
  let ahead = 0
  const territory = await startMetered(assembly, { edgeNow: () => Date.now() + ahead })
  const bucket = boardsBucket()
  return {
    ...territory,
    /** From now on this fails, and nothing else does. */
    trouble: ({ api, table, bucket: how }: Trouble = {}): void => {
      territory.disturbApi(api)
      territory.meter.fail(table)
      territory.storage.disturb(bucket, how === 'fails' ? { status: 503, code: 'SlowDown' } : how)
    },
    /** Reads the boards' bucket itself, past the edge and its copies. */
    bucket: {
      get: async (path: string): Promise<Answer> => {
        const headers = new Headers()
        try {
          const request = new GetObjectCommand({ Bucket: bucket, Key: path.slice(1) })
          const { Body } = await territory.storage.client.send(request)
          return { status: 200, headers, body: JSON.parse((await Body?.transformToString()) ?? '') }
        } catch (error) {
          if (error instanceof NoSuchKey) return { status: 404, headers, body: undefined }
          throw error
        }
      },
    },
    /** Sets the edge's clock forward, or back: copies are older, as if nobody had asked for so many seconds. */
    later: (seconds: number): void => {
      ahead += seconds * 1000
    },
  }
}

export type Troubled = Awaited<ReturnType<typeof startTroubled>>

/** The name of the boards' bucket in a running territory: the local region names buckets by their logical ids. */
const boardsBucket = (): string => {
  const [id] = ofType(synthesized('demo'), 'AWS::S3::Bucket').find(([one]) => one.startsWith('Boards')) ?? []
  if (!id) throw new Error('the territory has no bucket for boards')
  return `preau-demo-${id}`.toLowerCase()
}

/** The paths that a page asks the edge for, below one prefix, since they were last taken. */
export const requestsOf = (page: Page, prefix: string) => {
  let paths: string[] = []
  page.on('request', request => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith(prefix)) paths.push(pathname)
  })
  return {
    take: (): string[] => {
      const taken = paths
      paths = []
      return taken
    },
  }
}

/** Makes the page believe that it is hidden, or shown again. */
export const setVisibility = (page: Page, state: 'hidden' | 'visible'): Promise<void> =>
  page.evaluate(value => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
