import type { Session } from './session.ts'
import { localStore, sessionStore } from './storage.ts'

/**
 * Where drafts are stored in a session: in localStorage on a personal device, in sessionStorage on a shared one, which
 * signing out empties.
 */
export const draftStore = (session: Session): Storage =>
  session.state === 'signed-in' && session.personal ? localStore : sessionStore
