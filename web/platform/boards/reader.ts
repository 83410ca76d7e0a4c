import * as z from 'zod/mini'
import { type BoardIndex, type EdgeMe, indexRoleOf } from '../../../shared/kernel/board.ts'
import { Me } from '../../../shared/session/contract.ts'
import { askEdge, currentSession, openReader } from '../api.ts'
import { boards } from './boards.ts'

/**
 * The profile of somebody of whom only the edge has spoken, with the names that the indexes hold. Their own name and
 * their children's are not known; an audience that no index lists is left out, since nothing of it can be shown.
 */
export const readerProfile = (edge: EdgeMe, indexes: readonly BoardIndex[]): Me => ({
  person: { id: edge.person, givenName: '', familyName: '', login: '' },
  roles: edge.schools.flatMap(({ uai, roles }) => roles.map(role => ({ uai, role }))),
  ...(edge.territoryRoles && { territoryRoles: edge.territoryRoles }),
  schools: edge.schools.map(
    ({ uai }) => indexes.find(({ school }) => school.uai === uai)?.school ?? { uai, name: uai },
  ),
  children: [],
  audiences: edge.schools.flatMap(({ uai, audiences }) => {
    const listed = indexes.filter(({ school }) => school.uai === uai).flatMap(one => one.audiences)
    return audiences.flatMap(id => {
      const found = listed.find(one => one.id === id)
      // A kind of audience that a later version of the app knows is left out.
      return found ? (z.safeParse(Me.shape.audiences, [{ ...found, uai }]).data ?? []) : []
    })
  }),
  expiresAt: new Date(edge.expiresAt * 1000).toISOString(),
})

/**
 * Where the API does not answer: asks the edge who is signed in, and the indexes for the names, so that a device that
 * holds nothing but its cookie can read. Changes nothing where the edge cannot say.
 */
export const readByEdge = async (): Promise<void> => {
  const edge = await askEdge()
  if (!edge) return
  const indexes = edge.schools.flatMap(({ uai, roles }) => roles.map(role => ({ uai, role: indexRoleOf(role) })))
  boards.open({ indexes, audiences: edge.schools.flatMap(({ uai, audiences }) => audiences.map(id => ({ id, uai }))) })
  await boards.refresh()
  const profile = () => readerProfile(edge, boards.indexes())
  openReader(profile())
  // An index that comes later brings its audiences.
  const stop = boards.subscribe(() => {
    const session = currentSession()
    if (session.state !== 'signed-in' || !session.isReader) stop()
    else if (JSON.stringify(profile()) !== JSON.stringify(session.me)) openReader(profile())
  })
}
