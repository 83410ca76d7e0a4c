import type { QueryClient } from '@tanstack/react-query'
import { type Me, sessionContract } from '../../shared/session/contract.ts'
import { factorContract } from '../../shared/session/factor-contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { closeSession, currentSession, openSession } from '../platform/api.ts'
import { read, readKey } from '../platform/read.ts'
import { write } from '../platform/write.ts'
import { beginSession } from './begin-session.ts'

const { activate, changePassword, signIn } = passwordContract.routes
const { devices, endDevice, signOut, signOutEverywhere, updateMe } = sessionContract.routes

const { addPasskey, beginTotp, challenge, confirmTotp, factor, finish, remove, renewRecovery, step } =
  factorContract.routes

/** What is shown of the second factor has changed. */
const refreshFactor = { onDone: (client: QueryClient) => client.invalidateQueries({ queryKey: readKey(factor, {}) }) }

/** Stores what the API now says of the person; `personal` stays as it is. */
const refresh = (me: Me): void => {
  const session = currentSession()
  openSession(me, session.state === 'signed-in' && session.personal)
}

/** The writes of sessions and accounts. */
export const writes = {
  signIn: write('session.signIn', signIn, {
    onDone: (_, me, { body }) => beginSession(me, body.personalDevice),
  }),
  activate: write('session.activate', activate, {
    onDone: (_, me, { body }) => beginSession(me, body.personalDevice),
  }),
  changePassword: write('session.changePassword', changePassword, {
    onDone: (_, me) => refresh(me),
  }),
  finish: write('session.finish', finish, {
    onDone: (client, me) => beginSession(me, client.getQueryData(read(step, {}).queryKey)?.personalDevice ?? false),
  }),
  challenge: write('session.challenge', challenge),
  beginTotp: write('session.beginTotp', beginTotp),
  confirmTotp: write('session.confirmTotp', confirmTotp, refreshFactor),
  addPasskey: write('session.addPasskey', addPasskey, refreshFactor),
  removeFactor: write('session.removeFactor', remove, refreshFactor),
  renewRecovery: write('session.renewRecovery', renewRecovery, refreshFactor),
  updateMe: write('session.updateMe', updateMe, { onDone: (_, me) => refresh(me) }),
  endDevice: write('session.endDevice', endDevice, {
    onDone: client => client.invalidateQueries({ queryKey: readKey(devices, {}) }),
  }),
  signOut: write('session.signOut', signOut, { onDone: () => closeSession() }),
  signOutEverywhere: write('session.signOutEverywhere', signOutEverywhere, { onDone: () => closeSession() }),
}
