import { documentsContract } from '../../../shared/documents/contract.ts'
import type { SpaceId } from '../../../shared/documents/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { type Readable, read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'

/** A space one may open, in bytes how full it is; without figures while the API has not told them. */
export type ReaderSpace = {
  readonly id: SpaceId
  /** Absent: one's own. */
  readonly label: string | undefined
  readonly room: { readonly used: number; readonly quota: number; readonly largest: number } | undefined
  /** True of somebody who may change what others placed. */
  readonly manages: boolean
}

/** Milliseconds between two requests for how full the spaces are. */
const interval = 120_000

/** True of somebody who is no pupil in a space's school, as the API decides who may change what others placed. */
const managesIn = ({ roles }: Me, uai: string): boolean => roles.some(one => one.uai === uai && one.role !== 'pupil')

/** One's own space first, then those of one's classes and groups: from the session, with the figures that the API tells. */
export const useSpaces = (me: Me): readonly ReaderSpace[] => {
  const query: Readable<{ readonly items: readonly { id: SpaceId; used: number; quota: number; largest: number }[] }> =
    useRead(read(documentsContract.routes.spaces, {}, { every: interval }))
  const roomOf = (id: SpaceId) => query.data?.items.find(one => one.id === id)
  const shared = me.audiences
    .filter(({ kind }) => kind === 'class')
    .map(({ id, label, uai }): ReaderSpace => ({ id, label, room: roomOf(id), manages: managesIn(me, uai) }))
  return [{ id: 'mine', label: undefined, room: roomOf('mine'), manages: true }, ...shared]
}

/** The space that is shown first: a pupil's class, where their teachers put things; everybody else's own. */
export const firstSpace = (me: Me): SpaceId => {
  const isPupil = me.roles.every(({ role }) => role === 'pupil')
  return (isPupil && me.audiences.find(({ kind }) => kind === 'class')?.id) || 'mine'
}
