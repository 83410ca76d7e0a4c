import { audienceId } from '../../functions/directory/audiences.ts'
import { directoryContract } from '../../shared/directory/contract.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { factorContract } from '../../shared/session/factor-contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { eventually, type Visitor } from '../support/http.ts'
import { classes, college, idOf } from '../support/valmont.ts'
import { audiences, timeoutMs } from './journey.ts'
import { expect, password } from './people.ts'

const { uai } = college
const families = audienceId('class-guardians', classes.sixA)

/** The head publishes a notice, which a guardian signs; it is corrected, followed, reminded of and withdrawn. */
const notice = async (head: Visitor, guardian: Visitor): Promise<void> => {
  const { publish, edited, edit, formerText, sign, state, remind, readers, ofSchool, choices, reach, withdraw } =
    newsContract.routes
  expect('audiences to choose from', await head.ask(choices, { params: { uai } }), 200)
  const query = { audiences: `${families},${audiences.sixA}` }
  const reached = await head.ask(reach, { params: { uai }, query })
  expect('how many it reaches', reached, 200)
  if (!(reached.body.guardians > 0 && reached.body.pupils > 0)) throw new Error('a class and its families are nobody')
  const draft = { uai, title: 'Autorisation de sortie', body: 'À signer.', audiences: [families] }
  const body = { ...draft, pinned: true, urgent: true, notice: 'guardian' }
  const made = await head.ask(publish, { body })
  expect('publishing a notice', made, 201)
  const params = { news: made.body.id }
  expect('signing', await guardian.ask(sign, { params, body: {} }), 200)
  expect("a guardian's marks", await guardian.ask(state), 200)
  const before = await head.ask(edited, { params })
  expect('reading it to correct it', before, 200)
  const correction = { ...body, title: 'Autorisation', version: before.body.version }
  expect('correcting', await head.ask(edit, { params, body: correction }), 200)
  // Another title is another text: it is signed anew, and the former one is there to compare.
  await eventually(async () => {
    const again = await guardian.ask(sign, { params, body: { edition: 2 } })
    return again.status === 200 || undefined
  }, timeoutMs)
  expect('the former text', await guardian.ask(formerText, { params: { ...params, edition: '1' } }), 200)
  const reminded = await head.ask(remind, { params, body: { state: 'unsigned' } })
  expect('reminding', reminded, 200)
  if (reminded.body.people !== made.body.signers - 1)
    throw new Error(`${reminded.body.people} were reminded of ${made.body.signers}, of whom one has signed`)
  await eventually(async () => {
    const signed = await head.ask(readers, { params, query: { state: 'signed' } })
    expect('who has signed', signed, 200)
    return signed.body.counts.signed === 1 || undefined
  }, timeoutMs)
  expect("a school's news", await head.ask(ofSchool, { params: { uai } }), 200)
  expect('withdrawing', await head.ask(withdraw, { params }), 204)
}

/** The head looks people up, gives a code anew, and begins to set up a second factor. */
const people = async (head: Visitor): Promise<void> => {
  const { people: found, groups, members, issueCodes } = directoryContract.routes
  const reply = await head.ask(found, { params: { uai }, query: { search: 'Traor' } })
  expect('looking somebody up', reply, 200)
  if (reply.body.items.length !== 2) throw new Error(`there are ${reply.body.items.length} of that name instead of 2`)
  expect('classes', await head.ask(groups, { params: { uai } }), 200)
  expect('a class', await head.ask(members, { params: { group: classes.sixA }, query: { role: 'pupil' } }), 200)
  const issued = await head.ask(issueCodes, { params: { uai }, body: { people: [idOf('moussa')] } })
  expect('giving a code', issued, 200)
  const { beginTotp, factor } = factorContract.routes
  expect('beginning a second factor', await head.ask(beginTotp), 200)
  expect('looking at it', await head.ask(factor), 200)
}

/** A pupil renews the session, looks at it, changes the password. */
const session = async (pupil: Visitor): Promise<void> => {
  const { renew, devices, me, updateMe } = sessionContract.routes
  expect('renewing', await pupil.ask(renew), 200)
  expect('where one is signed in', await pupil.ask(devices), 200)
  expect('who one is', await pupil.ask(me), 200)
  expect('choosing a language', await pupil.ask(updateMe, { body: { language: 'en' } }), 200)
  const body = { current: password, next: `${password} et un gland` }
  expect('changing the password', await pupil.ask(passwordContract.routes.changePassword, { body }), 200)
}

/** Every function does what it is there for: with IAM enforced, none lacks a right that it needs. */
export const duties = async (head: Visitor, guardian: Visitor, pupil: Visitor): Promise<void> => {
  await notice(head, guardian)
  await people(head)
  await session(pupil)
}
