import type { SchoolRole } from '../../shared/kernel/role.ts'

/** Who calls, as their token says: up to 15 minutes old, which is why writes check `access` against the table. */
export type Caller = {
  readonly person: string
  readonly session: string
  readonly audiences: readonly string[]
  readonly roles: readonly SchoolRole[]
  /** Fingerprint of status, roles and audiences when the token was made. */
  readonly access: string
  /** Epoch seconds at which the token ends; absent where no token was read. */
  readonly expiresAt?: number
}
