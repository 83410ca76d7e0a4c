import { schoolLossAccess, uses } from '../platform/access.ts'
import { platformPatterns } from '../platform/patterns.ts'
import { accountPatterns } from '../session/accounts.ts'
import { directoryPatterns } from './audiences.ts'
import { closedPatterns } from './closed-groups.ts'
import { erased, orderingAccess } from './erasing/access.ts'
import { grantPatterns } from './grant-patterns.ts'
import { changePatterns } from './import/change-patterns.ts'
import { runPatterns } from './import/runs.ts'
import { statePatterns } from './import/unattended/state.ts'
import { importPatterns, searchPatterns } from './patterns.ts'

/** What looking people up, giving codes and erasing who left does with the table. */
export const directoryAccess = uses({
  get: [
    accountPatterns.account,
    accountPatterns.factorKinds,
    changePatterns.formerSchool,
    changePatterns.heldClasses,
    directoryPatterns.group,
    directoryPatterns.person,
    directoryPatterns.school,
    grantPatterns.decision,
    platformPatterns.freeze,
    runPatterns.run,
    runPatterns.schoolRun,
  ],
  getMany: [...orderingAccess.getMany, accountPatterns.login, directoryPatterns.person],
  query: [
    ...orderingAccess.query,
    changePatterns.answers,
    changePatterns.ofKind,
    changePatterns.ofRun,
    closedPatterns.closed,
    directoryPatterns.groupMembers,
    directoryPatterns.schoolGroups,
    directoryPatterns.schoolMembers,
    grantPatterns.decisions,
    runPatterns.allMissed,
    runPatterns.schoolRuns,
  ],
  put: [
    ...orderingAccess.put,
    accountPatterns.event,
    accountPatterns.login,
    changePatterns.answer,
    grantPatterns.decision,
    platformPatterns.due,
    runPatterns.run,
    statePatterns.work,
  ],
  update: [accountPatterns.account],
  remove: [...orderingAccess.remove, grantPatterns.decision, platformPatterns.due],
  batch: orderingAccess.batch,
})

/** What giving codes to all people of a school does with the table: the operator's command. */
export const schoolCodesAccess = uses({
  get: [directoryPatterns.school],
  getMany: [accountPatterns.account, accountPatterns.login, directoryPatterns.person],
  query: [importPatterns.roster],
  put: [accountPatterns.event, accountPatterns.login],
  update: [accountPatterns.account],
})

/** What making people's items anew does with the table: from what their feed last said, and what was decided besides. */
export const rebuildAccess = uses({
  get: [directoryPatterns.sizes, importPatterns.schoolGroup],
  getMany: [
    closedPatterns.closedAt,
    importPatterns.furtherSource,
    importPatterns.joined,
    importPatterns.kept,
    importPatterns.member,
    importPatterns.source,
  ],
  query: [
    directoryPatterns.schoolMembers,
    grantPatterns.administrators,
    grantPatterns.decisions,
    grantPatterns.ofTerritory,
    importPatterns.awaiting,
    importPatterns.feedSchools,
    importPatterns.parts,
  ],
  batch: [
    closedPatterns.closedAt,
    directoryPatterns.person,
    directoryPatterns.sizes,
    importPatterns.awaited,
    importPatterns.changingOn,
    importPatterns.contact,
    importPatterns.furtherSource,
    importPatterns.groupMember,
    importPatterns.kept,
    importPatterns.member,
    importPatterns.part,
    importPatterns.source,
    platformPatterns.due,
    searchPatterns.searchRow,
  ],
})

/** What importing a feed does with the table. */
export const importAccess = uses({
  get: [...rebuildAccess.get, importPatterns.contactSecret, importPatterns.lastDelivery, importPatterns.school],
  getMany: [...rebuildAccess.getMany, directoryPatterns.person, importPatterns.handedKey],
  query: [
    ...rebuildAccess.query,
    directoryPatterns.groupMembers,
    importPatterns.aliases,
    importPatterns.contacts,
    importPatterns.handedKeys,
    importPatterns.keptPeople,
    importPatterns.roster,
    importPatterns.schoolGroups,
    importPatterns.territorySources,
  ],
  put: [importPatterns.contactSecret],
  batch: [
    ...rebuildAccess.batch,
    directoryPatterns.audience,
    directoryPatterns.group,
    directoryPatterns.territorySchool,
    importPatterns.alias,
    importPatterns.feedSchool,
    importPatterns.handedKey,
    importPatterns.joined,
    importPatterns.lastDelivery,
    importPatterns.school,
    importPatterns.schoolGroup,
    importPatterns.territorySource,
  ],
})

/** What imports without a person do with the table, beside what imports do. */
export const unattendedAccess = uses({
  ...importAccess,
  get: [...importAccess.get, changePatterns.formerSchool, runPatterns.run],
  getMany: [...importAccess.getMany, changePatterns.former],
  query: [
    ...importAccess.query,
    changePatterns.ofRun,
    statePatterns.works,
    statePatterns.looseFolders,
    runPatterns.nights,
  ],
  put: [
    ...importAccess.put,
    runPatterns.run,
    runPatterns.night,
    runPatterns.missed,
    statePatterns.work,
    statePatterns.taken,
  ],
  update: [statePatterns.lease, statePatterns.loose],
  remove: [statePatterns.work, statePatterns.lease, statePatterns.loose],
  check: [statePatterns.lease],
  batch: [
    ...importAccess.batch,
    changePatterns.change,
    changePatterns.former,
    changePatterns.formerSchool,
    changePatterns.heldClasses,
    runPatterns.schoolRun,
  ],
})

/** What granting and ending roles does with the table: the person's items are made anew as an import makes them. */
export const grantAccess = uses({
  get: [
    ...importAccess.get,
    accountPatterns.login,
    directoryPatterns.person,
    directoryPatterns.school,
    importPatterns.handedKey,
  ],
  getMany: importAccess.getMany,
  query: importAccess.query,
  put: importAccess.put,
  batch: [...importAccess.batch, grantPatterns.administrator, grantPatterns.territoryRole],
})

/** What joining people by hand does with the table, and taking it back. */
export const joinAccess = uses({
  get: grantAccess.get,
  getMany: [...importAccess.getMany, accountPatterns.account],
  query: [...importAccess.query, importPatterns.allSources],
  put: importAccess.put,
  batch: [...grantAccess.batch, grantPatterns.decision],
})

/**
 * What follows from a change of a person: losses of access, and the end of a code. What follows from a decision: the
 * adult's and the child's items are made anew as an import makes them.
 */
export const deliveryAccess = uses({
  get: [...schoolLossAccess.get, ...rebuildAccess.get, directoryPatterns.person],
  getMany: rebuildAccess.getMany,
  query: rebuildAccess.query,
  update: [...schoolLossAccess.update, accountPatterns.account],
  batch: rebuildAccess.batch,
  subscribes: {
    INSERT: [grantPatterns.decision],
    MODIFY: [directoryPatterns.person, grantPatterns.decision],
    REMOVE: [directoryPatterns.person, grantPatterns.decision],
  },
})

/**
 * What the clock does when the last day of a decision has passed, and on the day on which roles or classes of people
 * begin or end: their items are made anew.
 */
export const dueAccess = uses({
  ...rebuildAccess,
  get: [...rebuildAccess.get, grantPatterns.decision],
  query: [...rebuildAccess.query, directoryPatterns.groupMembers, importPatterns.changing, importPatterns.schoolGroups],
  batch: [...rebuildAccess.batch, directoryPatterns.audience, directoryPatterns.group, importPatterns.schoolGroup],
  put: [platformPatterns.due],
  update: [grantPatterns.decision],
  remove: [importPatterns.changingOn],
})

/** What erasing people does with the directory's items. */
export const erasureAccess = uses(erased)
