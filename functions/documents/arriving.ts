import type { Background } from '../platform/platform.ts'
import type { arrivalsAccess } from './access.ts'
import type { StoredObjects } from './stored-objects.ts'

/** What looking at files that arrived works with. */
export type Arrivals = Background<typeof arrivalsAccess> & { readonly objects: StoredObjects }
