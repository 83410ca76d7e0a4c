import type { newsContract } from '../../shared/news/contract.ts'
import type { RequestOf } from '../platform/request.ts'

type Routes = (typeof newsContract)['routes']

/** The request of one of the news' routes. */
export type NewsRequest<Name extends keyof Routes> = RequestOf<Routes[Name]>
