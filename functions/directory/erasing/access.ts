import { uses } from '../../platform/access.ts'
import { erasingPatterns } from '../../platform/erasing/patterns.ts'
import { accountPatterns } from '../../session/accounts.ts'
import { directoryPatterns } from '../audiences.ts'
import { closedPatterns } from '../closed-groups.ts'
import { grantPatterns } from '../grant-patterns.ts'
import { changePatterns } from '../import/change-patterns.ts'
import { runPatterns } from '../import/runs.ts'
import { importPatterns, searchPatterns } from '../patterns.ts'

/**
 * What ends the account of somebody who is to be erased, and takes them out of lists. It writes nothing in people's own
 * partitions, where their roles are: functions that answer requests have it.
 */
export const orderingAccess = uses({
  get: [directoryPatterns.person],
  getMany: [accountPatterns.account, importPatterns.handedKey],
  query: [
    accountPatterns.events,
    importPatterns.allSources,
    importPatterns.awaiting,
    importPatterns.handedKeys,
    importPatterns.parts,
  ],
  put: [erasingPatterns.order],
  remove: [accountPatterns.account, accountPatterns.login, directoryPatterns.person],
  batch: [
    importPatterns.changingOn,
    importPatterns.contact,
    importPatterns.groupMember,
    importPatterns.kept,
    importPatterns.member,
    searchPatterns.searchRow,
  ],
})

/** That, and what takes away their own items. */
export const erasingAccess = uses({
  ...orderingAccess,
  batch: [
    ...orderingAccess.batch,
    importPatterns.furtherSource,
    importPatterns.joined,
    importPatterns.part,
    importPatterns.source,
  ],
})

/** Items of others that name somebody: they are read, and written without them. */
const changed = [
  changePatterns.answer,
  changePatterns.change,
  changePatterns.former,
  closedPatterns.closedAt,
  grantPatterns.decision,
  importPatterns.furtherSource,
  importPatterns.groupMember,
  importPatterns.handedKey,
  importPatterns.member,
  importPatterns.source,
  runPatterns.run,
  runPatterns.schoolRun,
  searchPatterns.searchRow,
] as const

/** What erasing people does with the directory's items: see access.ts of the feature. */
export const erased = uses({
  ...erasingAccess,
  get: [...erasingAccess.get, ...changed],
  update: changed,
  batch: [
    ...erasingAccess.batch,
    changePatterns.former,
    closedPatterns.closedAt,
    directoryPatterns.person,
    grantPatterns.administrator,
    grantPatterns.decision,
    grantPatterns.territoryRole,
    importPatterns.alias,
    importPatterns.awaited,
    importPatterns.handedKey,
  ],
})
