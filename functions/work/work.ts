import { workContract } from '../../shared/work/contract.ts'
import type { SignGet } from '../documents/signed-get.ts'
import { serve } from '../platform/serve.ts'
import { budget, longDays, setBudget } from './budget.ts'
import { giveCorrection, withdrawCorrection } from './correcting.ts'
import { draw } from './hand-ins/drawing.ts'
import { extend, giveBack } from './hand-ins/giving-back.ts'
import { sendHandIn, start } from './hand-ins/handing-in.ts'
import { note } from './hand-ins/noting.ts'
import { collected, handIn, unscannedFile } from './hand-ins/reading.ts'
import { remind } from './hand-ins/reminding.ts'
import { keepTask, removeTask } from './own-tasks.ts'
import { closedList, list, mine, piece, state } from './reading.ts'
import { type WorkPlatform, workRelations } from './relations.ts'
import { edit, removePiece, restore, set } from './setting.ts'
import { tick } from './ticking.ts'

/** What the function needs beside the platform: to sign reads of what the edge does not serve. */
type Dependencies = { readonly signGet: SignGet }

/** The work of classes: what was done in lessons and is to be done, what pupils ticked, and what they handed in. */
export const workHandler = (platform: WorkPlatform, { signGet }: Dependencies) =>
  serve(workContract, platform, workRelations(platform), {
    budget: budget(platform),
    setBudget: setBudget(platform),
    longDays: longDays(platform),
    list: list(platform),
    closedList: closedList(platform),
    state: state(),
    mine: mine(platform),
    piece: piece(platform),
    set: set(platform),
    edit: edit(platform),
    giveCorrection: giveCorrection(platform),
    withdrawCorrection: withdrawCorrection(platform),
    remove: removePiece(platform),
    restore: restore(platform),
    tick: tick(platform),
    keepTask: keepTask(platform),
    removeTask: removeTask(platform),
    collected: collected(platform),
    handIn: handIn(platform),
    unscannedFile: unscannedFile(platform, signGet),
    start: start(platform),
    sendHandIn: sendHandIn(platform),
    note: note(platform),
    draw: draw(platform),
    extend: extend(platform),
    giveBack: giveBack(platform),
    remind: remind(platform),
  })
