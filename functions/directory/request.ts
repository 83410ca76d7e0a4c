import type { directoryContract } from '../../shared/directory/contract.ts'
import type { RequestOf } from '../platform/request.ts'

type Routes = (typeof directoryContract)['routes']

/** The request of one of the directory's routes. */
export type DirectoryRequest<Name extends keyof Routes> = RequestOf<Routes[Name]>
