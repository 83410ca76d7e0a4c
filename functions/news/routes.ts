import { newsContract } from '../../shared/news/contract.ts'
import type { Platform } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { mine, ofSchool } from './following/mine.ts'
import { readers } from './following/readers.ts'
import { remind } from './following/remind.ts'
import { choices } from './publishing/choices.ts'
import { edit, edited } from './publishing/edit.ts'
import { publish } from './publishing/publish.ts'
import { reach } from './publishing/reach.ts'
import { withdraw } from './publishing/withdraw.ts'
import { list } from './reading/list.ts'
import { marks } from './reading/marks.ts'
import { read } from './reading/read.ts'
import { see } from './reading/see.ts'
import { sign } from './signing.ts'

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
