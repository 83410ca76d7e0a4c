import type { Waiting } from '../../platform/outbox/waiting.ts'
import type { InputOf } from '../../platform/request.ts'
import type { DeclaredWrite } from '../../platform/write.ts'
import type { writes } from '../writes.ts'

type Writes = typeof writes
type InputOfWrite<Name extends keyof Writes> =
  Writes[Name] extends DeclaredWrite<infer Declared> ? InputOf<Declared> : never

/** What waits of one write of the work, with what it is sent with. */
export type Unsent<Name extends keyof Writes> = { readonly one: Waiting; readonly input: InputOfWrite<Name> }

/** Of what waits on the device that of one write of the work. */
export const unsentOf = <Name extends keyof Writes>(name: Name, waiting: readonly Waiting[]): readonly Unsent<Name>[] =>
  waiting.flatMap(one => (one.write === `work.${name}` ? [{ one, input: one.input as InputOfWrite<Name> }] : []))
