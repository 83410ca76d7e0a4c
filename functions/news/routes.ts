import { newsContract } from '../../shared/news/contract.ts'
import type { Platform } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { choices } from './choices.ts'
import { edit, edited } from './edit.ts'
import { list } from './list.ts'
import { marks } from './marks.ts'
import { mine, ofSchool } from './mine.ts'
import { publish } from './publish.ts'
import { reach } from './reach.ts'
import { read } from './read.ts'
import { readers } from './readers.ts'
import { remind } from './remind.ts'
import { see } from './see.ts'
import { sign } from './sign.ts'
import { withdraw } from './withdraw.ts'

/** The news function on a platform. */
export const newsHandler = (platform: Platform) =>
  serve(newsContract, platform, {
    list: list(platform),
    read: read(platform),
    marks: marks(platform),
    mine: mine(platform),
    ofSchool: ofSchool(platform),
    choices: choices(platform),
    reach: reach(platform),
    edited: edited(platform),
    readers: readers(platform),
    publish: publish(platform),
    edit: edit(platform),
    withdraw: withdraw(platform),
    see: see(platform),
    sign: sign(platform),
    remind: remind(platform),
  })
