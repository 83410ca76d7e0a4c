import { workContract } from '../../shared/work/contract.ts'
import { openPlatform, readConfig } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { workAccess } from './access.ts'
import { extend, giveBack } from './hand-ins/giving-back.ts'
import { sendHandIn, start } from './hand-ins/handing-in.ts'
import { note } from './hand-ins/noting.ts'
import { collected, handIn } from './hand-ins/reading.ts'
import { keepTask, removeTask } from './own-tasks.ts'
import { list, mine, piece, state } from './reading.ts'
import { type WorkPlatform, workRelations } from './relations.ts'
import { edit, removePiece, restore, set } from './setting.ts'
import { tick } from './ticking.ts'

/** The work of classes: what was done in lessons and is to be done, and what pupils ticked. */
export const workHandler = (platform: WorkPlatform) =>
  serve(workContract, platform, workRelations(platform), {
    list: list(platform),
    state: state(),
    mine: mine(platform),
    piece: piece(platform),
    set: set(platform),
    edit: edit(platform),
    remove: removePiece(platform),
    restore: restore(platform),
    tick: tick(platform),
    keepTask: keepTask(platform),
    removeTask: removeTask(platform),
    collected: collected(platform),
    handIn: handIn(platform),
    start: start(platform),
    sendHandIn: sendHandIn(platform),
    note: note(platform),
    extend: extend(platform),
    giveBack: giveBack(platform),
  })

export const handler = workHandler(openPlatform(readConfig(), workAccess))
